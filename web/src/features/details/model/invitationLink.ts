/** Links into a chat lead to this server's own page: no third party learns who follows them. */
const VIA_MAX = 3;

export interface InvitationLink {
    readonly chatId: string;
    readonly via: readonly string[];
}

export function linkInto(origin: string, chatId: string, servers: readonly string[]): string {
    const via = new URLSearchParams(servers.slice(0, VIA_MAX).map((one) => ['via', one]));
    const query = via.toString();
    return `${origin}/#/join/${encodeURIComponent(chatId)}${query === '' ? '' : `?${query}`}`;
}

/** Undefined for what is no link into a chat. */
export function readLink(
    path: readonly string[],
    query: URLSearchParams,
): InvitationLink | undefined {
    const [step, chatId] = path;
    if (step !== 'join' || !chatId || !/^[!#]/.test(chatId)) {
        return undefined;
    }
    return { chatId, via: query.getAll('via').slice(0, VIA_MAX) };
}
