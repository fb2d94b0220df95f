package org.chancery.ledger.export;

import java.util.Arrays;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;

/// One line of `room/pieces.jsonl`: from which seed the salts of a message's pieces follow, and
/// which message it is among those that were opened. Who has it can open every piece; it stays with
/// the export and never goes out with what is redacted.
///
/// @param seed 32 bytes in base64
public record PieceSeed(EventId event, long number, String seed) {
    private static final int BYTES_MAX = 1_000;
    private static final String TYPE = "org.chancery.piece_seed.v1";

    public PieceSeed {
        if (UnpaddedBase64.decode(seed).filter(b -> b.length == Pieces.SEED_BYTES).isEmpty()) {
            throw new MalformedLeaf("a seed");
        }
    }

    /// Throws [MalformedLeaf].
    public static PieceSeed parse(byte[] line) {
        var document = Document.parse(line, BYTES_MAX, TYPE);
        var seed =
                new PieceSeed(
                        document.parsed("event_id", EventId::parse),
                        document.number("number"),
                        document.text("seed"));
        document.end();
        if (!Arrays.equals(line, seed.bytes())) {
            throw new MalformedLeaf("a seed in another form");
        }
        return seed;
    }

    /// The line in canonical JSON, without its end.
    public byte[] bytes() {
        return JsonObject.EMPTY
                .with("type", TYPE)
                .with("event_id", event.value())
                .with("number", number)
                .with("seed", seed)
                .bytes();
    }

    /// The bytes of the seed.
    public byte[] seedBytes() {
        return UnpaddedBase64.decode(seed).orElseThrow();
    }

    /// What stands for a message that says this in the tree whose root is logged.
    public Hash leaf(JsonObject plain) {
        return Pieces.leaf(event, Pieces.hashes(plain, seedBytes()));
    }
}
