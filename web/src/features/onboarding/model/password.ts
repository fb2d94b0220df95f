/** As on the server: code points, not bytes. */
export const PASSWORD_MIN = 8;

/** How many characters a new password lacks; 0 when it is long enough. */
export function lacking(password: string): number {
    return Math.max(0, PASSWORD_MIN - [...password].length);
}
