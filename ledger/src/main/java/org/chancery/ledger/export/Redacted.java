package org.chancery.ledger.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;

/// A redacted file: messages of which some pieces are shown, each with its salt, and of the others
/// the hash and the ground only. Whoever has it checks that nothing else was left out of these
/// messages, against the leaf that was logged before anybody redacted; what was left out is not in
/// it in any form that could be guessed at.
///
/// @param leaf the logged leaf of the pieces, in canonical JSON
/// @param proof that it is in the log (C2SP tlog-proof)
public record Redacted(JsonObject leaf, String proof, List<Message> messages) {
    public static final int BYTES_MAX = 256 * 1024 * 1024;

    private static final String TYPE = "org.chancery.redacted.v1";
    private static final int MESSAGES_MAX = 1_000_000;

    /// One message.
    ///
    /// @param number its place among the messages that were opened
    /// @param path that leads from it to the root
    public record Message(EventId event, long number, List<Hash> path, List<Part> parts) {
        public Message {
            path = List.copyOf(path);
            parts = List.copyOf(parts);
        }

        /// Whether it is one of so many messages whose root is this.
        public boolean isOf(Hash root, long size) {
            Hash leaf = Pieces.leaf(event, parts.stream().map(Part::hash).toList());
            return number < size && ProofCheck.includes(root, size, leaf, number, path);
        }
    }

    /// A piece of a message.
    public sealed interface Part {
        Hash hash();
    }

    /// It is shown.
    public record Shown(Pieces.Piece piece, Hash salt) implements Part {
        @Override
        public Hash hash() {
            return piece.hash(salt);
        }
    }

    /// It is not.
    ///
    /// @param ground why, as the law numbers it
    public record Removed(Hash hash, String ground) implements Part {}

    public Redacted {
        messages = List.copyOf(messages);
    }

    /// Throws [MalformedLeaf].
    public static Redacted parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var messages = new ArrayList<Message>();
        for (JsonValue each : document.array("messages", MESSAGES_MAX)) {
            messages.add(message(Document.of(each)));
        }
        var redacted = new Redacted(document.object("leaf"), document.text("proof"), messages);
        document.end();
        return redacted;
    }

    private static Message message(Document json) {
        var path = new ArrayList<Hash>();
        for (JsonValue each : json.array("path", 64)) {
            path.add(
                    Optional.of(each)
                            .filter(JsonString.class::isInstance)
                            .flatMap(text -> Hash.parse(((JsonString) text).value()))
                            .orElseThrow(() -> new MalformedLeaf("a hash")));
        }
        var parts = new ArrayList<Part>();
        for (JsonValue each : json.array("parts", Pieces.PIECES_MAX)) {
            parts.add(part(each));
        }
        var message =
                new Message(
                        json.parsed("event_id", EventId::parse),
                        json.number("number"),
                        path,
                        parts);
        json.end();
        return message;
    }

    private static Part part(JsonValue value) {
        var json = Document.of(value);
        Part part;
        if (json.has("ground")) {
            part = new Removed(json.hash("hash"), json.text("ground"));
        } else {
            part =
                    new Shown(
                            new Pieces.Piece(json.text("path"), json.any("value")),
                            json.hash("salt"));
        }
        json.end();
        return part;
    }

    public byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("leaf", leaf)
                .put("proof", proof)
                .put("messages", JsonArray.of(messages.stream().map(Redacted::json).toList()))
                .build()
                .bytes();
    }

    private static JsonObject json(Message message) {
        return JsonObject.builder()
                .put("event_id", message.event().value())
                .put("number", message.number())
                .put("path", JsonArray.ofTexts(message.path()))
                .put("parts", JsonArray.of(message.parts().stream().map(Redacted::json).toList()))
                .build();
    }

    private static JsonObject json(Part part) {
        return switch (part) {
            case Shown(Pieces.Piece piece, Hash salt) ->
                    JsonObject.EMPTY
                            .with("path", piece.path())
                            .with("value", piece.value())
                            .with("salt", salt.toString());
            case Removed(Hash hash, String ground) ->
                    JsonObject.EMPTY.with("hash", hash.toString()).with("ground", ground);
        };
    }
}
