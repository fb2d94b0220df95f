package org.chancery.homeserver.sync;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.push.Unread;
import org.chancery.protocol.id.UserId;

/// A room in which the user is or was (client-server API, `Joined Room` and `Left Room`).
///
/// @param timeline the latest events, oldest first
/// @param limited whether events before these were left out
/// @param prevBatch where to read on backwards
/// @param state as of the start of the timeline, or of its end if that was asked for
/// @param typing who is typing, if there is news of that
/// @param unread how much of it is not read
public record JoinedRoom(
        RoomRef room,
        List<ShownEvent> timeline,
        boolean limited,
        PageToken prevBatch,
        List<ShownEvent> state,
        Optional<RoomSummary> summary,
        List<Receipt> receipts,
        Optional<List<UserId>> typing,
        List<AccountDatum> accountData,
        Unread unread) {

    /// Whether there is nothing to tell of it.
    boolean isEmpty() {
        return timeline.isEmpty()
                && !limited
                && state.isEmpty()
                && summary.isEmpty()
                && receipts.isEmpty()
                && typing.isEmpty()
                && accountData.isEmpty();
    }
}
