import { afterEach, describe, expect, it, vi } from 'vitest';
import { nextStage, registerByToken, signInByPassword } from './signIn.ts';

interface Asked {
    path: string;
    json: Record<string, unknown>;
}

/** A server that gives these answers, one after the other. */
function server(...answers: [number, object][]): Asked[] {
    const asked: Asked[] = [];
    vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
        asked.push({ path, json: JSON.parse(String(init.body ?? '{}')) });
        const [status, body] = answers.shift() ?? [500, {}];
        return new Response(JSON.stringify(body), { status });
    });
    return asked;
}

const session = { user_id: '@mara:x', device_id: 'D', access_token: 'a', refresh_token: 'r' };
const flows = [{ stages: ['m.login.dummy'] }, { stages: ['m.login.registration_token'] }];

afterEach(() => vi.unstubAllGlobals());

describe('signing in', () => {
    it('asks for tokens that can be renewed', async () => {
        const asked = server([200, { ...session, expires_in_ms: 1000 }]);

        const credentials = await signInByPassword(' mara ', 'secret', { name: 'Firefox' });

        expect(asked[0]?.json).toMatchObject({ identifier: { user: 'mara' }, refresh_token: true });
        expect(credentials).toMatchObject({ userId: '@mara:x', refreshToken: 'r' });
        expect(credentials.expiresAt).toBeGreaterThan(Date.now());
    });

    it('tells a wrong password from a locked account and from too many tries', async () => {
        server(
            [403, { errcode: 'M_FORBIDDEN' }],
            [401, { errcode: 'M_USER_LOCKED' }],
            [429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 7000 }],
        );
        const kinds = [];

        for (let i = 0; i < 3; i++) {
            kinds.push(
                await signInByPassword('m', 'x', { name: 'd' }).catch((fault) => fault.trouble),
            );
        }

        expect(kinds).toEqual([
            { kind: 'wrong-password' },
            { kind: 'locked' },
            { kind: 'limited', retryAfterMs: 7000 },
        ]);
    });
});

describe('registering', () => {
    const wish = { token: 't', user: 'mara', password: 'long enough', device: 'd' };

    it('proves the token when the server asks for it', async () => {
        const asked = server([401, { session: 's', flows }], [200, session]);

        await registerByToken(wish);

        expect(asked[1]?.json.auth).toEqual({
            type: 'm.login.registration_token',
            session: 's',
            token: 't',
        });
    });

    it('says that the link has expired when the server does not take the token', async () => {
        server(
            [401, { session: 's', flows }],
            [401, { session: 's', flows, errcode: 'M_FORBIDDEN' }],
        );

        await expect(registerByToken(wish)).rejects.toMatchObject({
            trouble: { kind: 'expired-link' },
        });
    });

    it('takes the flow with the token even where anybody may register', () => {
        expect(nextStage({ flows, session: 's' }, 't')?.type).toBe('m.login.registration_token');
    });

    it('has no next stage in flows that it cannot walk', () => {
        const strange = [{ stages: ['m.login.sso'] }];

        expect(nextStage({ flows: strange, session: 's' }, 't')).toBeUndefined();
    });
});
