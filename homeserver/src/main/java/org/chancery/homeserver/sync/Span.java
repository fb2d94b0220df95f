package org.chancery.homeserver.sync;

import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// All that an answer depends on: who asks, since when, up to where, and with which wishes.
///
/// @param upTo the token at which the next sync begins
/// @param changes what touched the user since then, if that is known
record Span(SyncRequest request, SyncToken upTo, Optional<Wakeups.Changes> changes) {

    UserId user() {
        return request.user();
    }

    DeviceId device() {
        return request.device();
    }

    Filter filter() {
        return request.filter();
    }

    /// Whether the client knows nothing yet.
    boolean isInitial() {
        return request.since().isEmpty();
    }

    /// The position behind which the news begins; zero at the first sync.
    long after() {
        return request.since().map(SyncToken::position).orElse(0L);
    }

    long position() {
        return upTo.position();
    }

    /// Whether the ingredient may have news.
    boolean mayHave(Stream stream) {
        return changes.isEmpty() || changes.get().touched(stream);
    }

    /// The rooms in which the ingredient has news; empty if that is not known.
    Optional<Set<RoomId>> rooms(Stream stream) {
        return changes.map(it -> it.rooms(stream));
    }
}
