package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The durable mailboxes of devices.
public interface ToDeviceStore {
    /// Where the first and the last message of a mailbox stand.
    record Extent(long first, long last) {}

    /// A request of a device, by what the client calls it.
    record Transaction(UserId user, DeviceId device, String type, String id) {}

    void insert(Tx tx, UserId user, DeviceId device, ToDeviceMessage message);

    /// Remembers a request, and forgets all that came before `forgetBefore`.
    ///
    /// @param sentAt now, in milliseconds
    /// @return false if it is known already
    boolean insertTransaction(Tx tx, Transaction transaction, long sentAt, long forgetBefore);

    /// Deletes the messages up to a position.
    void delete(Tx tx, UserId user, DeviceId device, long upTo);

    /// Deletes the mailbox and the requests of a device that is gone.
    void deleteAll(Tx tx, UserId user, DeviceId device);

    /// At most `limit` messages within `(after, upTo]`, the oldest first.
    List<ToDeviceMessage> read(UserId user, DeviceId device, long after, long upTo, int limit);

    /// Empty when nothing waits.
    Optional<Extent> extent(UserId user, DeviceId device);
}
