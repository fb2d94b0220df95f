import type { DetailedMember, DetailsSnapshot, MemberDevice } from '../../../matrix/index.ts';

/** Who can read a chat, sorted as the panel tells it. */
export interface Readers {
    /** People who have joined, those that are not listed too. */
    readonly people: number;
    readonly colleagues: readonly DetailedMember[];
    readonly outside: readonly DetailedMember[];
    /** Devices that are given keys. */
    readonly devices: number;
    /** Devices that their owners have not confirmed, each with its owner. */
    readonly unconfirmed: readonly {
        readonly owner: DetailedMember;
        readonly device: MemberDevice;
    }[];
    /** Whether the figure of devices is of all members, and known at all. */
    readonly devicesOf: 'all' | 'some' | 'none';
    /** Whether a sealed archive is given keys too. */
    readonly archive: boolean;
    /** Who reads besides the members. */
    readonly beyond: 'nobody' | 'server' | 'anyone';
}

export function readersOf(details: DetailsSnapshot): Readers {
    const { members, encrypted, history } = details;
    const all = members.flatMap((owner) =>
        (owner.devices ?? []).map((device) => ({ owner, device })),
    );
    const unconfirmed = all.filter(({ device }) => !device.confirmed);
    const complete = details.more === 0;
    return {
        people: members.length + details.more,
        colleagues: members.filter((member) => !member.outside),
        outside: members.filter((member) => member.outside),
        devices: all.length - unconfirmed.length,
        unconfirmed,
        devicesOf: !details.devicesReady ? 'none' : complete ? 'all' : 'some',
        archive: details.record !== undefined,
        beyond: encrypted ? 'nobody' : history === 'anyone' ? 'anyone' : 'server',
    };
}
