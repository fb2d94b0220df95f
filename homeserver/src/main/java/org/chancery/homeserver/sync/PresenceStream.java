package org.chancery.homeserver.sync;

import java.util.List;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.sync.SyncAnswer.Present;
import org.chancery.protocol.filter.EventFilter;

/// Who has come and gone among those with whom the user shares a room (client-server API,
/// "Presence").
final class PresenceStream {
    private final Presence presence;

    PresenceStream(Presence presence) {
        this.presence = presence;
    }

    /// Whose presence changed within the span.
    List<Present> of(Span span) {
        EventFilter filter = span.filter().presence();
        if (!filter.acceptsType("m.presence")) {
            return List.of();
        }
        long since = span.request().since().map(SyncToken::ephemeral).orElse(0L);
        return presence.changed(span.user(), since).stream()
                .filter(filter::acceptsSender)
                .map(user -> new Present(user, presence.of(user)))
                .toList();
    }
}
