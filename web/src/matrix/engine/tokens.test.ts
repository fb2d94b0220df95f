import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const kept: unknown[] = [];
vi.mock('../../keep/account.ts', () => ({
    keepAccount: async (account: unknown) => {
        kept.push(account);
    },
}));

const { Tokens } = await import('./tokens.ts');

const HOUR_MS = 3_600_000;

function account(expiresInMs: number) {
    return {
        userId: '@mara:x',
        deviceId: 'D',
        accessToken: 'old',
        refreshToken: 'r1',
        expiresAt: Date.now() + expiresInMs,
        storeKey: '',
    };
}

interface Given {
    good: string;
    refreshable?: boolean;
    /** Whether the server keeps the device of a token that ended. */
    soft?: boolean;
}

/** A server that knows one access token, and gives `new` for each refresh. */
function server({ good, refreshable = true, soft }: Given) {
    const refreshes: unknown[] = [];
    const state = { good };
    vi.stubGlobal('fetch', async (input: string, init: RequestInit) => {
        if (input.endsWith('/refresh')) {
            refreshes.push(JSON.parse(String(init.body)));
            state.good = 'new';
            return refreshable
                ? Response.json({
                      access_token: 'new',
                      refresh_token: 'r2',
                      expires_in_ms: HOUR_MS,
                  })
                : Response.json({ errcode: 'M_UNKNOWN_TOKEN' }, { status: 401 });
        }
        const token = new Headers(init?.headers).get('authorization');
        return token === `Bearer ${state.good}`
            ? Response.json({ ok: true })
            : Response.json({ errcode: 'M_UNKNOWN_TOKEN', soft_logout: soft }, { status: 401 });
    });
    return refreshes;
}

beforeEach(() => {
    kept.length = 0;
});
afterEach(() => vi.unstubAllGlobals());

const nobody = { onEnded: () => undefined, onLocked: () => undefined };
const asked = { headers: { authorization: 'Bearer whatever' } };

describe('an access token', () => {
    it('is put in where the SDK sends one', async () => {
        const refreshes = server({ good: 'old' });
        const tokens = new Tokens(account(HOUR_MS), nobody);

        expect((await tokens.fetch('/x', asked)).status).toBe(200);
        expect(refreshes).toEqual([]);
    });

    it('is renewed before it ends, and kept', async () => {
        const refreshes = server({ good: 'new' });
        const tokens = new Tokens(account(1_000), nobody);

        expect((await tokens.fetch('/x', asked)).status).toBe(200);
        expect(refreshes).toEqual([{ refresh_token: 'r1' }]);
        expect(kept).toMatchObject([{ accessToken: 'new', refreshToken: 'r2' }]);
    });

    it('is renewed once when the server refuses it to several at a time', async () => {
        const refreshes = server({ good: 'another' });
        const tokens = new Tokens(account(HOUR_MS), nobody);

        const answers = await Promise.all([tokens.fetch('/a', asked), tokens.fetch('/b', asked)]);

        expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
        expect(refreshes.length).toBe(1);
    });

    it('that cannot be renewed ends the session', async () => {
        server({ good: 'another', refreshable: false });
        const ended = vi.fn();
        const tokens = new Tokens(account(HOUR_MS), { ...nobody, onEnded: ended });

        expect((await tokens.fetch('/x', asked)).status).toBe(401);
        expect(ended).toHaveBeenCalledExactlyOnceWith(false);
    });

    it('whose device the server keeps ends it softly', async () => {
        server({ good: 'another', refreshable: false, soft: true });
        const ended = vi.fn();
        const tokens = new Tokens(account(HOUR_MS), { ...nobody, onEnded: ended });

        expect((await tokens.fetch('/x', asked)).status).toBe(401);
        expect(ended).toHaveBeenCalledExactlyOnceWith(true);
    });

    it('of a locked account is kept, and the lock is told', async () => {
        vi.stubGlobal('fetch', async () =>
            Response.json({ errcode: 'M_USER_LOCKED', soft_logout: true }, { status: 401 }),
        );
        const ended = vi.fn();
        const locked = vi.fn();
        const tokens = new Tokens(account(HOUR_MS), { onEnded: ended, onLocked: locked });

        expect((await tokens.fetch('/x', asked)).status).toBe(401);
        expect(locked).toHaveBeenCalledOnce();
        expect(ended).not.toHaveBeenCalled();
    });

    it('is not sent where none was asked for', async () => {
        server({ good: 'old' });
        const tokens = new Tokens(account(HOUR_MS), nobody);

        expect((await tokens.fetch('/x', {})).status).toBe(401);
    });
});
