package org.chancery.homeserver.sync;

import java.util.Optional;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.protocol.json.JsonObject;

/// An event with what belongs into its `unsigned` for one user and device (client-server API,
/// "Room event format").
///
/// @param transactionId what the asking device called the event when it sent it
/// @param replaced the state event before it in the same place
/// @param redaction the redaction by which it lost its content
/// @param membership the asking user's membership when it was sent (MSC4115)
/// @param federation the event as servers exchange it, if that is what the filter asks for
/// @param bundle what relates to it, where a gap may have kept that from the client
public record ShownEvent(
        StoredEvent event,
        Optional<String> transactionId,
        Optional<StoredEvent> replaced,
        Optional<StoredEvent> redaction,
        Optional<String> membership,
        Optional<JsonObject> federation,
        Optional<Bundle> bundle) {}
