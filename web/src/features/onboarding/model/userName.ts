const ALLOWED = /[^a-z0-9._=/-]/g;

/** A user name made from a name: `Ruth Adeyemi-Müller` becomes `ruth.adeyemi-muller`. */
export function suggestUserName(name: string): string {
    return name
        .trim()
        .toLowerCase()
        .replace(/ß/g, 'ss')
        .replace(/ø/g, 'o')
        .replace(/æ/g, 'ae')
        .replace(/œ/g, 'oe')
        .replace(/ł/g, 'l')
        .normalize('NFD')
        .replace(/\p{M}/gu, '')
        .replace(/\s+/g, '.')
        .replace(ALLOWED, '')
        .replace(/^[_.-]+|[.-]+$/g, '')
        .slice(0, 60);
}
