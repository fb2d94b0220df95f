import { ask, call, isRecord, refusal, text } from './http.ts';
import { Troubled, troubleOfRefusal } from './trouble.ts';

/** What the server gives who signs in. */
export interface Credentials {
    readonly userId: string;
    readonly deviceId: string;
    readonly accessToken: string;
    readonly refreshToken?: string | undefined;
    readonly expiresAt?: number | undefined;
}

const CLIENT = '/_matrix/client';
const STAGES_MAX = 6;

function credentials(body: Record<string, unknown>, now: number): Credentials {
    const [userId, deviceId] = [text(body.user_id), text(body.device_id)];
    const accessToken = text(body.access_token);
    if (!userId || !deviceId || !accessToken) {
        throw new Troubled({ kind: 'unknown', code: 'NO_SESSION' });
    }
    return {
        userId,
        deviceId,
        accessToken,
        refreshToken: text(body.refresh_token),
        expiresAt: typeof body.expires_in_ms === 'number' ? now + body.expires_in_ms : undefined,
    };
}

/** Signs in by password: as a new device of this name, or as one that there is already. */
export async function signInByPassword(
    user: string,
    password: string,
    device: { readonly name: string } | { readonly id: string },
): Promise<Credentials> {
    const now = Date.now();
    const json = {
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: user.trim() },
        password,
        ...('id' in device
            ? { device_id: device.id }
            : { initial_device_display_name: device.name }),
        refresh_token: true,
    };
    const answer = await ask('POST', `${CLIENT}/v3/login`, { json });
    if (answer.status >= 400) {
        const refused = refusal(answer);
        throw new Troubled(
            refused.errcode === 'M_FORBIDDEN'
                ? { kind: 'wrong-password' }
                : troubleOfRefusal(refused),
        );
    }
    return credentials(answer.body, now);
}

export interface Registration {
    readonly token: string;
    readonly user: string;
    readonly password: string;
    readonly device: string;
}

/** The next stage of a flow that we can walk, or undefined. */
export function nextStage(
    challenge: Record<string, unknown>,
    token: string,
): Record<string, unknown> | undefined {
    const can = ['m.login.registration_token', 'm.login.dummy'];
    const done = Array.isArray(challenge.completed) ? challenge.completed : [];
    const flows = Array.isArray(challenge.flows) ? challenge.flows : [];
    // The flow with the token comes first: the token may make an administrator.
    const walkable = flows
        .filter(isRecord)
        .map((flow) => (Array.isArray(flow.stages) ? flow.stages : []))
        .filter((stages) => stages.every((stage) => can.includes(stage)))
        .sort((a, b) => Number(b.includes(can[0])) - Number(a.includes(can[0])));
    const stage: unknown = walkable[0]?.find((one) => !done.includes(one));
    if (typeof stage !== 'string') {
        return undefined;
    }
    const auth = { type: stage, session: challenge.session };
    return stage === can[0] ? { ...auth, token } : auth;
}

/** Makes an account with a token: an invitation's, or the first administrator's. */
export async function registerByToken(wish: Registration): Promise<Credentials> {
    const now = Date.now();
    const account = {
        username: wish.user.trim(),
        password: wish.password,
        initial_device_display_name: wish.device,
        refresh_token: true,
    };
    let auth: Record<string, unknown> | undefined;
    for (let stage = 0; stage < STAGES_MAX; stage++) {
        const json = auth ? { ...account, auth } : account;
        const answer = await ask('POST', `${CLIENT}/v3/register`, { json });
        if (answer.status < 400) {
            return credentials(answer.body, now);
        }
        const refused = refusal(answer);
        const isChallenge = answer.status === 401 && Array.isArray(answer.body.flows);
        if (!isChallenge) {
            throw new Troubled(troubleOfRefusal(refused));
        }
        if (refused.errcode !== undefined) {
            throw new Troubled({ kind: 'expired-link' }); // The token was tried, and is not good.
        }
        auth = nextStage(answer.body, wish.token);
        if (!auth) {
            throw new Troubled({ kind: 'unknown', code: 'NO_FLOW' });
        }
    }
    throw new Troubled({ kind: 'unknown', code: 'TOO_MANY_STAGES' });
}

/** Whether an invitation may still be used; asked before the form, so that nobody fills it in vain. */
export async function tokenIsGood(token: string): Promise<boolean> {
    const query = new URLSearchParams({ token });
    const path = `${CLIENT}/v1/register/m.login.registration_token/validity?${query}`;
    return (await call('GET', path)).valid === true;
}

/** Whether a name is free; throws `name-taken` or `name-invalid`. */
export async function requireFreeName(user: string): Promise<void> {
    const query = new URLSearchParams({ username: user.trim() });
    await call('GET', `${CLIENT}/v3/register/available?${query}`);
}

/** Sets a new password by an administrator's link; answers with whose it is. */
export async function resetPassword(token: string, password: string): Promise<string> {
    const answer = await ask('POST', '/_chancery/client/v1/password_reset', {
        json: { token, new_password: password, logout_devices: false },
    });
    if (answer.status >= 400) {
        const refused = refusal(answer);
        throw new Troubled(
            refused.errcode === 'M_FORBIDDEN'
                ? { kind: 'expired-link' }
                : troubleOfRefusal(refused),
        );
    }
    return text(answer.body.user_id) ?? '';
}

/** Changes an access token that ends into a new one; undefined when the server knows it no more. */
export async function refresh(refreshToken: string): Promise<Partial<Credentials> | undefined> {
    const now = Date.now();
    const answer = await ask('POST', `${CLIENT}/v3/refresh`, {
        json: { refresh_token: refreshToken },
    });
    if (answer.status === 401 || answer.status === 403) {
        return undefined;
    }
    if (answer.status >= 400) {
        throw new Troubled(troubleOfRefusal(refusal(answer)));
    }
    const { body } = answer;
    const renewed = text(body.refresh_token);
    return {
        accessToken: text(body.access_token) ?? '',
        expiresAt: typeof body.expires_in_ms === 'number' ? now + body.expires_in_ms : undefined,
        ...(renewed ? { refreshToken: renewed } : {}),
    };
}

/**
 * Whether the server ended the tokens only, and not the device: then what is kept here stays, and the
 * password is enough to go on. Throws when no answer came.
 */
export async function isEndedSoftly(accessToken: string): Promise<boolean> {
    const answer = await ask('GET', `${CLIENT}/v3/account/whoami`, { token: accessToken });
    return answer.status !== 401 || answer.body.soft_logout === true;
}

export async function setDisplayName(account: Credentials, name: string): Promise<void> {
    const path = `${CLIENT}/v3/profile/${encodeURIComponent(account.userId)}/displayname`;
    await call('PUT', path, { json: { displayname: name.trim() }, token: account.accessToken });
}

export async function logOut(accessToken: string, everywhere: boolean): Promise<void> {
    const path = everywhere ? `${CLIENT}/v3/logout/all` : `${CLIENT}/v3/logout`;
    await ask('POST', path, { json: {}, token: accessToken });
}
