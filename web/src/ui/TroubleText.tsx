import { Plural, Trans } from '@lingui/react/macro';
import type { Trouble } from '../matrix/types.ts';

const MINUTE_S = 60;

/** What happened and what to do, in one or two sentences. */
export function TroubleText({ trouble }: { trouble: Trouble }) {
    switch (trouble.kind) {
        case 'offline':
            return <Trans>This device has no connection. Try again when it is back.</Trans>;
        case 'server-away':
            return (
                <Trans>The server does not answer. Nothing is lost; try again in a minute.</Trans>
            );
        case 'limited':
            return <Limited ms={trouble.retryAfterMs} />;
        case 'refused':
            return <Trans>The server does not allow this.</Trans>;
        case 'too-large':
            return <Trans>This is larger than the server takes.</Trans>;
        case 'gone':
            return <Trans>It is no longer there.</Trans>;
        case 'unsafe':
            return <Trans>This file was damaged or changed on its way. It was not opened.</Trans>;
        case 'wrong-password':
            return <Trans>Name and password don’t belong together. Check both.</Trans>;
        case 'locked':
            return <Trans>This account is locked. Ask your service desk.</Trans>;
        case 'deactivated':
            return <Trans>This account was closed. Ask your service desk.</Trans>;
        case 'expired-link':
            return (
                <Trans>This link was used already, or its time is over. Ask for a new one.</Trans>
            );
        case 'name-taken':
            return <Trans>Somebody has this user name already. Choose another.</Trans>;
        case 'name-invalid':
            return <Trans>A user name has only the letters a to z, digits, and . _ - = /</Trans>;
        case 'weak-password':
            return <Trans>This password is too short.</Trans>;
        case 'unknown':
            return (
                <Trans>
                    That did not work. Try again; if it stays so, tell your service desk this code:{' '}
                    <b className="num">{trouble.code}</b>
                </Trans>
            );
    }
}

function Limited({ ms }: { ms: number }) {
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    if (seconds < MINUTE_S) {
        return (
            <Plural
                value={seconds}
                one="Too many tries. Wait # second, then try again."
                other="Too many tries. Wait # seconds, then try again."
            />
        );
    }
    return (
        <Plural
            value={Math.ceil(seconds / MINUTE_S)}
            one="Too many tries. Wait # minute, then try again."
            other="Too many tries. Wait # minutes, then try again."
        />
    );
}
