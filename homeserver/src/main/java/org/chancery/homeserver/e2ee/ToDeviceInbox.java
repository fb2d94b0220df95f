package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.ReadCache;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The mailbox of each device. A message stays until the device comes back with a token that it got
/// together with the message. At a position there is at most one message for a device, so the
/// position of the last one read is where to go on.
///
/// Most mailboxes are empty most of the time; where each begins and ends is kept in memory, so that
/// an idle `/sync` reads and writes nothing.
public final class ToDeviceInbox {
    private static final int DEVICES_MAX = 200_000;

    private record Owner(UserId user, DeviceId device) {}

    private final Journal journal;
    private final ToDeviceStore store;
    private final ReadCache<Owner, Optional<ToDeviceStore.Extent>> extents =
            ReadCache.ofSize(DEVICES_MAX);

    public ToDeviceInbox(Journal journal, ToDeviceStore store) {
        this.journal = journal;
        this.store = store;
    }

    /// At most `limit` messages within `(after, upTo]`, the oldest first.
    public List<ToDeviceMessage> read(
            UserId user, DeviceId device, long after, long upTo, int limit) {
        Optional<ToDeviceStore.Extent> extent = extent(user, device);
        if (extent.isEmpty() || extent.get().last() <= after || extent.get().first() > upTo) {
            return List.of();
        }
        return store.read(user, device, after, upTo, limit);
    }

    /// The device has everything up to that position: it is deleted, durably but not waited for.
    /// What
    /// can not be deleted now is deleted next time.
    public void delivered(UserId user, DeviceId device, long upTo) {
        Optional<ToDeviceStore.Extent> extent = extent(user, device);
        if (extent.isEmpty() || extent.get().first() > upTo) {
            return;
        }
        try {
            journal.submit(new Delivered(user, device, upTo));
        } catch (MatrixException busy) {
            return; // The journal is full; the device will say so again with its next request.
        }
    }

    private Optional<ToDeviceStore.Extent> extent(UserId user, DeviceId device) {
        return extents.get(new Owner(user, device), () -> store.extent(user, device));
    }

    void forget(UserId user, DeviceId device) {
        extents.forget(new Owner(user, device));
    }

    private final class Delivered implements Change<Boolean> {
        private final UserId user;
        private final DeviceId device;
        private final long upTo;

        Delivered(UserId user, DeviceId device, long upTo) {
            this.user = user;
            this.device = device;
            this.upTo = upTo;
        }

        @Override
        public int positions() {
            return 0;
        }

        @Override
        public Boolean apply(Tx tx, long first) {
            store.delete(tx, user, device, upTo);
            return true;
        }

        @Override
        public List<Touch> touches(Boolean result) {
            forget(user, device);
            return List.of();
        }
    }
}
