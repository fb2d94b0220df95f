package org.chancery.homeserver.e2ee;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// Whose devices or cross-signing keys changed when (client-server API, "Tracking the device list
/// for a user"). A change takes a position; who shares a room with the user is woken, and so is the
/// user, for the sake of the other devices.
public final class DeviceLists {
    private final DeviceListStore store;
    private final Peers peers;

    /// Who must be woken for a change that is being written. Seen by the committer alone, and
    /// emptied as soon as the batch is durable.
    private final Map<UserId, Set<UserId>> audiences = new HashMap<>();

    public DeviceLists(DeviceListStore store, Peers peers) {
        this.store = store;
        this.peers = peers;
    }

    /// Everyone who changed within `(after, upTo]`, whoever asks. The reader keeps those with whom
    /// the asker shares a room.
    public Set<UserId> changed(long after, long upTo) {
        return store.changed(after, upTo);
    }

    /// Who changed within `(after, upTo]` in what only this user sees: the users whose master keys
    /// this user has signed.
    public Set<UserId> changedFor(UserId viewer, long after, long upTo) {
        return store.changedFor(viewer, after, upTo);
    }

    /// Writes that the user's keys, devices or names of devices changed, and finds out who must
    /// know. The same position may be used again for the same user.
    public void record(Tx tx, long position, UserId user) {
        store.insert(tx, position, user);
        Set<UserId> audience = new HashSet<>(peers.of(tx, user));
        audience.add(user);
        audiences.put(user, audience);
    }

    /// Writes that a user has changed for the eyes of one other user only.
    void record(Tx tx, long position, UserId changed, UserId seenBy) {
        store.insert(tx, position, changed, seenBy);
    }

    /// Who must be woken for what was recorded of the user in this batch. To be asked by the
    /// committer when it is durable. Who joins a room later learns of everyone in it anyway.
    public Touch touch(UserId user) {
        Set<UserId> audience = audiences.remove(user);
        return new Touch(audience == null ? Set.of(user) : audience, Stream.DEVICE_LISTS, null);
    }
}
