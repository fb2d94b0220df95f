package org.chancery.homeserver.sync;

import java.util.List;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.events.SyncToken;

/// Messages for the asking device (client-server API, "Send-to-Device messaging"). One answer holds
/// so many; if more wait, the token says how far the device has got. They are deleted when the
/// device comes back with a token that tells that it has them.
final class ToDeviceStream {
    private static final int MESSAGES_MAX = 100;

    private final ToDeviceInbox inbox;

    ToDeviceStream(ToDeviceInbox inbox) {
        this.inbox = inbox;
    }

    /// The device has whatever its token says.
    void acknowledge(SyncRequest request) {
        request.since()
                .ifPresent(
                        since ->
                                inbox.delivered(
                                        request.user(), request.device(), since.toDevice()));
    }

    /// The oldest messages that the device does not have.
    List<ToDeviceMessage> of(Span span) {
        long after = span.request().since().map(SyncToken::toDevice).orElse(0L);
        return inbox.read(span.user(), span.device(), after, span.position(), MESSAGES_MAX);
    }

    /// The token of an answer with these messages.
    static SyncToken token(SyncToken upTo, List<ToDeviceMessage> messages) {
        return messages.size() < MESSAGES_MAX
                ? upTo
                : new SyncToken(upTo.position(), upTo.ephemeral(), messages.getLast().position());
    }
}
