import { type AuthDict, AuthType, type UIAuthCallback } from 'matrix-js-sdk';
import { Troubled } from '../trouble.ts';

interface Challenge {
    httpStatus?: number;
    errcode?: string;
    data?: { session?: string; errcode?: string };
}

/** Passes a request on; where the server wants a proof of who asks, with the password. */
export function byPassword<T>(userId: string, password: string | undefined): UIAuthCallback<T> {
    return async (request) => {
        try {
            return await request(null);
        } catch (fault) {
            const session = sessionOf(fault);
            if (session === undefined || password === undefined) {
                throw fault;
            }
            return await proven(() => request(proof(userId, password, session)));
        }
    };
}

/** The session of a challenge; undefined when the fault is none. */
export function sessionOf(fault: unknown): string | undefined {
    const { httpStatus, data } = (fault ?? {}) as Challenge;
    return httpStatus === 401 ? data?.session : undefined;
}

export function proof(userId: string, password: string, session: string): AuthDict {
    return {
        type: AuthType.Password,
        identifier: { type: 'm.id.user', user: userId },
        password,
        session,
    };
}

/** Runs a request with a proof; a challenge in answer means that the proof was wrong. */
export async function proven<T>(request: () => Promise<T>): Promise<T> {
    try {
        return await request();
    } catch (fault) {
        const refused = (fault as Challenge | undefined)?.errcode === 'M_FORBIDDEN';
        if (refused || sessionOf(fault) !== undefined) {
            throw new Troubled({ kind: 'wrong-password' });
        }
        throw fault;
    }
}
