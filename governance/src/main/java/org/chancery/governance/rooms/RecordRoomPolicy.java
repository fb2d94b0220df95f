package org.chancery.governance.rooms;

import java.util.Set;
import org.chancery.homeserver.rooms.EventPolicy;
import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;

/// What may enter a record room, beside the authorization rules: what is said, only encrypted for
/// all members, the archive among them; and what makes it a record room, from the service alone.
///
/// In clear stay: reactions, redactions, and the state that members see before they can decrypt, as
/// memberships with their names, the room's name, topic and picture, pins and calls, and who keeps
/// order. What an
/// encrypted event relates to is clear by the nature of Matrix.
///
/// Every other room costs one look into a map; that none of them calls itself a record room is
/// looked at in state events alone.
public final class RecordRoomPolicy implements EventPolicy {
    static final String MEGOLM = "m.megolm.v1.aes-sha2";
    private static final int REACTION_BYTES_MAX = 1_024;

    /// What makes a room a record room, or could undo it.
    private static final Set<String> OF_THE_SERVICE =
            Set.of(
                    RoomClass.STATE.type(),
                    EventType.CREATE,
                    EventType.ENCRYPTION,
                    EventType.GUEST_ACCESS,
                    EventType.HISTORY_VISIBILITY,
                    EventType.JOIN_RULES,
                    EventType.POWER_LEVELS,
                    EventType.SERVER_ACL,
                    EventType.THIRD_PARTY_INVITE,
                    EventType.TOMBSTONE,
                    RecordRoomDrafts.FUNCTIONAL_MEMBERS.type());

    private final RecordRooms rooms;
    private final UserId service;

    public RecordRoomPolicy(RecordRooms rooms) {
        this.rooms = rooms;
        this.service = rooms.service();
    }

    /// Whether state of that type says how a record room is kept.
    static boolean isOfTheService(String type) {
        return OF_THE_SERVICE.contains(type);
    }

    @Override
    public Verdict judge(Pdu event) {
        RecordRoom room = rooms.find(event.roomId()).orElse(null);
        if (room == null) {
            return elsewhere(event);
        }
        if (event.sender().equals(service)) {
            return Verdict.allowed();
        }
        if (event.sender().equals(room.archive())) {
            return Verdict.allowedIf(
                    isOwnJoin(event), "archive", "The archive of a record room says nothing.");
        }
        return event.isState() ? state(room, event) : said(event);
    }

    private static Verdict elsewhere(Pdu event) {
        return Verdict.allowedIf(
                !event.isState() || !event.type().equals(RoomClass.STATE.type()),
                "class",
                "A chat becomes a record room by being replaced: ask for that at"
                        + " /_chancery/client/v1/rooms/{roomId}/record_room.");
    }

    private static boolean isOwnJoin(Pdu event) {
        return event.type().equals(EventType.MEMBER)
                && event.sender().toString().equals(event.stateKey())
                && event.content().string("membership").filter("join"::equals).isPresent();
    }

    private Verdict state(RecordRoom room, Pdu event) {
        if (event.isState(EventType.POWER_LEVELS)) {
            return Verdict.allowedIf(
                    RecordRoomDrafts.isByMembers(event.content(), room.archive()),
                    "service",
                    "This is a record room: its members decide who of them keeps order, and no"
                            + " more.");
        }
        if (isOfTheService(event.type())) {
            return Verdict.denied(
                    "service",
                    "This is a record room: how it is kept cannot be changed by its members.");
        }
        boolean ofArchive =
                event.type().equals(EventType.MEMBER)
                        && (room.archive().toString().equals(event.stateKey())
                                || service.toString().equals(event.stateKey()));
        return Verdict.allowedIf(
                !ofArchive, "archive", "The archive stays a member of every record room.");
    }

    private static Verdict said(Pdu event) {
        return switch (event.type()) {
            case EventType.ENCRYPTED ->
                    Verdict.allowedIf(
                            isMegolm(event.content()),
                            "encryption",
                            "This is a record room: a message must be encrypted for its members,"
                                    + " by "
                                    + MEGOLM
                                    + ".");
            case EventType.REDACTION -> Verdict.allowed();
            case EventType.REACTION ->
                    Verdict.allowedIf(
                            event.content().bytes().length <= REACTION_BYTES_MAX,
                            "clear",
                            "A reaction is not encrypted, and so too short for a message.");
            default ->
                    Verdict.denied(
                            "clear",
                            "This is a record room: messages must be encrypted. Use a client that"
                                    + " encrypts, and write it again.");
        };
    }

    /// Client-server API, "m.room.encrypted": what a Megolm event must have.
    private static boolean isMegolm(JsonObject content) {
        return content.string("algorithm").filter(MEGOLM::equals).isPresent()
                && content.get("ciphertext") instanceof JsonString
                && content.get("session_id") instanceof JsonString;
    }
}
