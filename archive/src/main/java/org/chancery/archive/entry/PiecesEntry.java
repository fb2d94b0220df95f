package org.chancery.archive.entry;

import java.time.Instant;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// What the reading room commits to before anybody redacts: the root over the salted digests of the
/// pieces of every message that it opened. A redacted file shows some pieces with their salts and
/// of the others the digests only, and so proves that nothing but those was left out. That the
/// pieces are what the ciphertexts say rests on who opened them; any k custodians can repeat it.
///
/// @param of the digest of the case's entry
/// @param messages how many messages were opened
/// @param root the Merkle root over the messages (RFC 6962)
public record PiecesEntry(Digest of, RoomId room, int messages, Digest root, Instant madeAt)
        implements LogEntry {
    static final String TYPE = "org.chancery.pieces.v1";

    /// Most messages of one room that are opened in one case.
    public static final int MESSAGES_MAX = 10_000_000;

    public PiecesEntry {
        Fields.of(JsonObject.EMPTY, TYPE)
                .must(messages >= 0 && messages <= MESSAGES_MAX, "messages is a count");
    }

    static PiecesEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        PiecesEntry entry =
                new PiecesEntry(
                        fields.parsed("case", Digest::new),
                        fields.parsed("room_id", RoomId::parse),
                        fields.number("messages", 0, MESSAGES_MAX),
                        fields.parsed("root", Digest::new),
                        fields.time("made_at"));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("case", of.value())
                .put("room_id", room.toString())
                .put("messages", messages)
                .put("root", root.value())
                .put("made_at", madeAt.toEpochMilli())
                .build();
    }
}
