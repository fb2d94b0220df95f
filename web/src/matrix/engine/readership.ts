import { EventType, type MatrixClient, type Room } from 'matrix-js-sdk';
import type { Member, Readership } from '../types.ts';

const HISTORY = {
    world_readable: 'anyone',
    shared: 'shared',
    invited: 'invited',
    joined: 'joined',
} as const;

/** Who can read a chat: its members and their devices, and from when they read along. */
export async function readershipOf(
    client: MatrixClient,
    room: Room,
    members: readonly Member[],
): Promise<Readership> {
    const crypto = client.getCrypto();
    const encrypted = room.hasEncryptionStateEvent();
    const ids = members.map((member) => member.id);
    const devices = encrypted ? await crypto?.getUserDeviceInfo(ids, true) : undefined;
    const all = [];
    for (const member of members) {
        const own = [...(devices?.get(member.id)?.keys() ?? [])];
        let unconfirmed = 0;
        for (const device of own) {
            const status = await crypto?.getDeviceVerificationStatus(member.id, device);
            unconfirmed += status?.signedByOwner ? 0 : 1;
        }
        all.push({ ...member, devices: own.length, unconfirmedDevices: unconfirmed });
    }
    const visibility: unknown = room.currentState
        .getStateEvents(EventType.RoomHistoryVisibility, '')
        ?.getContent().history_visibility;
    return {
        encrypted,
        history: HISTORY[visibility as keyof typeof HISTORY] ?? 'shared',
        members: all,
    };
}
