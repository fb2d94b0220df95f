package org.chancery.ledger.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.tlog.merkle.Hash;

/// A message in pieces: each value of it, and each word of a text, apart. Each piece is hashed
/// under
/// a salt of its own, so that some may be shown and others kept back, and who is shown some can
/// check that they were there, at that place, when the message was opened.
///
/// A salt follows from the message's seed and the piece's number; who has one salt has no other.
public final class Pieces {
    public static final int SEED_BYTES = 32;

    /// Most pieces of one message; an event has at most 65,536 bytes.
    public static final int PIECES_MAX = 70_000;

    private static final String SALT = "org.chancery.piece_salt.v1";
    private static final String PIECE = "org.chancery.piece.v1";

    private Pieces() {}

    /// One piece.
    ///
    /// @param path where it stands: the names of members from the outside, each after a `/`
    /// @param value a word with the blanks behind it, or what is no text
    public record Piece(String path, JsonValue value) {
        /// The hash of the piece under that salt.
        public Hash hash(Hash salt) {
            byte[] json =
                    JsonObject.EMPTY
                            .with("type", PIECE)
                            .with("salt", salt.toString())
                            .with("path", path)
                            .with("value", value)
                            .bytes();
            return Hash.leaf(json);
        }
    }

    /// The pieces of a message, in the order of its canonical JSON.
    public static List<Piece> of(JsonObject plain) {
        List<Piece> pieces = new ArrayList<>();
        add("", plain, pieces);
        return pieces;
    }

    private static void add(String path, JsonValue value, List<Piece> pieces) {
        if (pieces.size() > PIECES_MAX) {
            throw new MalformedLeaf("a message of too many pieces");
        }
        switch (value) {
            case JsonObject object when !object.isEmpty() -> {
                for (var member : object.entries()) {
                    add(path + "/" + member.name(), member.value(), pieces);
                }
            }
            case JsonArray array when !array.isEmpty() -> {
                for (int i = 0; i < array.size(); i++) {
                    add(path + "/" + i, array.get(i), pieces);
                }
            }
            case JsonString(String text) when !text.isEmpty() -> addWords(path, text, pieces);
            default -> pieces.add(new Piece(path, value));
        }
    }

    private static void addWords(String path, String text, List<Piece> pieces) {
        int start = 0;
        for (int end : ends(text)) {
            pieces.add(new Piece(path, new JsonString(text.substring(start, end))));
            start = end;
        }
    }

    /// Where the words of a text end, with the blanks behind them; the last end is that of the
    /// text.
    public static List<Integer> ends(String text) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 1; i < text.length(); i++) {
            if (!Character.isWhitespace(text.charAt(i))
                    && Character.isWhitespace(text.charAt(i - 1))) {
                ends.add(i);
            }
        }
        ends.add(text.length());
        return ends;
    }

    /// The salt of the piece with that number, from 0.
    public static Hash salt(byte[] seed, int number) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SALT.getBytes(UTF_8));
        bytes.writeBytes(seed);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
        return Hash.leaf(bytes.toByteArray());
    }

    /// The hashes of all pieces of a message, in order.
    public static List<Hash> hashes(JsonObject plain, byte[] seed) {
        List<Piece> pieces = of(plain);
        List<Hash> hashes = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            hashes.add(pieces.get(i).hash(salt(seed, i)));
        }
        return hashes;
    }

    /// What stands for a message in the tree whose root is logged.
    public static Hash leaf(EventId event, List<Hash> hashes) {
        return Hash.leaf(
                JsonObject.EMPTY
                        .with("event_id", event.value())
                        .with("pieces", JsonArray.ofTexts(hashes))
                        .bytes());
    }

    /// The root over the messages.
    public static Hash root(List<Hash> leaves) {
        return leaves.isEmpty() ? Hash.OF_EMPTY_TREE : Hash.fold(leaves);
    }
}
