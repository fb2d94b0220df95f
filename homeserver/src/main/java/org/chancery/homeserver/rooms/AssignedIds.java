package org.chancery.homeserver.rooms;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.event.DraftEvent;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;

/// Room versions 1 and 2: the server names the event, and pairs what it refers to with hashes.
/// Later versions need nothing of this.
final class AssignedIds {
    private AssignedIds() {}

    /// A creation, which refers to nothing.
    static DraftEvent name(DraftEvent draft, RoomVersion version, Identity identity) {
        return version.referencesCarryHashes()
                ? draft.assigned(identity.newEventId(), Map.of())
                : draft;
    }

    /// An event built on a head, allowed by the state under `auth`.
    static DraftEvent name(
            DraftEvent draft, RoomHead head, List<StateKey> auth, Identity identity) {
        if (!head.version().referencesCarryHashes()) {
            return draft;
        }
        Map<EventId, byte[]> hashes = new HashMap<>();
        for (Pdu pdu : head.prevPdus()) {
            hashes.put(pdu.eventId(), pdu.referenceHash());
        }
        for (StateKey key : auth) {
            Pdu pdu = head.get(key);
            if (pdu != null) {
                hashes.put(pdu.eventId(), pdu.referenceHash());
            }
        }
        return draft.assigned(identity.newEventId(), hashes);
    }
}
