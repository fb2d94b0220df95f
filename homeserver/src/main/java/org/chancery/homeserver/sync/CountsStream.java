package org.chancery.homeserver.sync;

import org.chancery.homeserver.push.Unread;
import org.chancery.homeserver.push.UnreadCounts;

/// How much of a room is not read (client-server API, `Unread Notification Counts`).
final class CountsStream {
    private final UnreadCounts counts;

    CountsStream(UnreadCounts counts) {
        this.counts = counts;
    }

    /// The counts at the end of the span.
    Unread of(Span span, Stay stay) {
        if (stay.isNew() && !span.isInitial()) {
            counts.forget(span.user(), stay.room());
        }
        return counts.of(span.user(), stay.room(), span.position());
    }
}
