import type { Trouble } from './types.ts';

/** A {@link Trouble} that is thrown. */
export class Troubled extends Error {
    readonly trouble: Trouble;

    constructor(trouble: Trouble) {
        super(trouble.kind);
        this.name = 'Troubled';
        this.trouble = trouble;
    }
}

/** What an error answer of the server holds, as far as it matters here. */
export interface Refusal {
    readonly status: number;
    readonly errcode?: string | undefined;
    readonly message?: string | undefined;
    readonly retryAfterMs?: number | undefined;
}

const LIMITED_WAIT_MS = 5_000;

export function troubleOfRefusal(refusal: Refusal): Trouble {
    switch (refusal.errcode) {
        case 'M_LIMIT_EXCEEDED':
            return { kind: 'limited', retryAfterMs: refusal.retryAfterMs ?? LIMITED_WAIT_MS };
        case 'M_USER_LOCKED':
            return { kind: 'locked' };
        case 'M_USER_DEACTIVATED':
            return { kind: 'deactivated' };
        case 'M_USER_IN_USE':
        case 'M_EXCLUSIVE':
            return { kind: 'name-taken' };
        case 'M_INVALID_USERNAME':
            return { kind: 'name-invalid' };
        case 'M_WEAK_PASSWORD':
            return { kind: 'weak-password' };
        case 'M_TOO_LARGE':
            return { kind: 'too-large' };
        case 'M_NOT_FOUND':
            return { kind: 'gone' };
        case 'M_FORBIDDEN':
        case 'M_GUEST_ACCESS_FORBIDDEN':
            return { kind: 'refused', message: refusal.message ?? '' };
    }
    if (refusal.status >= 500) {
        return { kind: 'server-away' };
    }
    return { kind: 'unknown', code: refusal.errcode ?? String(refusal.status) };
}

/** A refused connection: the line of this device, or the server. */
export function troubleOfLine(): Trouble {
    return { kind: navigator.onLine ? 'server-away' : 'offline' };
}

interface SdkError {
    trouble?: Trouble;
    httpStatus?: number;
    errcode?: string;
    data?: { error?: string; retry_after_ms?: number };
    isRateLimitError?: () => boolean;
    getRetryAfterMs?: () => number | null;
}

/** Of anything that was thrown, ours or the SDK's. */
export function troubleOf(fault: unknown): Trouble {
    if (fault instanceof Troubled) {
        return fault.trouble;
    }
    if (fault instanceof Error && fault.name === 'ConnectionError') {
        return troubleOfLine();
    }
    if (fault instanceof TypeError || (fault as Error | undefined)?.name === 'AbortError') {
        return troubleOfLine(); // What fetch throws.
    }
    const sdk = fault as SdkError | undefined;
    if (sdk?.trouble) {
        return sdk.trouble;
    }
    if (sdk?.httpStatus !== undefined || sdk?.errcode !== undefined) {
        const retry = sdk.isRateLimitError?.() ? sdk.getRetryAfterMs?.() : undefined;
        return troubleOfRefusal({
            status: sdk.httpStatus ?? 0,
            errcode: sdk.errcode,
            message: sdk.data?.error,
            retryAfterMs: retry ?? sdk.data?.retry_after_ms,
        });
    }
    return { kind: 'unknown', code: fault instanceof Error ? fault.name : 'unknown' };
}
