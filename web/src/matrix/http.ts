import { type Refusal, Troubled, troubleOfLine, troubleOfRefusal } from './trouble.ts';

/** JSON from and to the own server, without the SDK: for what comes before a session. */
const ANSWER_WITHIN_MS = 30_000;

export interface Answer {
    readonly status: number;
    readonly body: Record<string, unknown>;
}

interface Ask {
    readonly json?: unknown;
    readonly token?: string | undefined;
}

/** Asks and answers, whatever the status; throws {@link Troubled} when no answer came. */
export async function ask(
    method: string,
    path: string,
    { json, token }: Ask = {},
): Promise<Answer> {
    const headers: Record<string, string> = { accept: 'application/json' };
    if (json !== undefined) {
        headers['content-type'] = 'application/json';
    }
    if (token !== undefined) {
        headers.authorization = `Bearer ${token}`;
    }
    try {
        const answer = await fetch(path, {
            method,
            headers,
            cache: 'no-store',
            signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
            ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        });
        const body: unknown = await answer.json().catch(() => ({}));
        return { status: answer.status, body: isRecord(body) ? body : {} };
    } catch {
        throw new Troubled(troubleOfLine());
    }
}

/** Asks; throws {@link Troubled} unless the server says yes. */
export async function call(method: string, path: string, ask_: Ask = {}): Promise<Answer['body']> {
    const answer = await ask(method, path, ask_);
    if (answer.status >= 400) {
        throw new Troubled(troubleOfRefusal(refusal(answer)));
    }
    return answer.body;
}

export function refusal({ status, body }: Answer): Refusal {
    return {
        status,
        errcode: text(body.errcode),
        message: text(body.error),
        retryAfterMs: typeof body.retry_after_ms === 'number' ? body.retry_after_ms : undefined,
    };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string | undefined {
    return typeof value === 'string' ? value : undefined;
}
