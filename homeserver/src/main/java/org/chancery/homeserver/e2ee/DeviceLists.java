package org.chancery.homeserver.e2ee;

import java.util.HashSet;
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

    /// Writes that the user's keys, devices or names of devices changed. The same position may be
    /// used again for the same user.
    public void record(Tx tx, long position, UserId user) {
        store.insert(tx, position, user);
    }

    void record(Tx tx, long position, UserId changed, UserId seenBy) {
        store.insert(tx, position, changed, seenBy);
    }

    /// Who must be woken for a change of the user. To be asked when the change is durable, so that
    /// nobody who has joined a room before it is left out.
    public Touch touch(UserId user) {
        Set<UserId> audience = new HashSet<>(peers.of(user));
        audience.add(user);
        return new Touch(audience, Stream.DEVICE_LISTS, null);
    }
}
