package org.chancery.archive.entry;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// A custodian opened every share they hold, at home, and says how many were good. Due each
/// quarter;
/// fewer than `k + 1` custodians with good shares are an alarm.
///
/// @param good how many shares opened and gave their digest
/// @param bad the digests of those that did not, the first hundred
/// @param signature by the custodian's signing key, in base64
public record ShareCheckEntry(
        StockId stock,
        int generation,
        Digest custodian,
        Instant madeAt,
        int good,
        List<Digest> bad,
        String signature)
        implements LogEntry {
    public static final int BAD_MAX = 100;
    static final String TYPE = "org.chancery.share_check.v1";
    private static final int GOOD_MAX = 10_000_000;

    public ShareCheckEntry {
        bad = List.copyOf(bad);
        Fields fields = Fields.of(JsonObject.EMPTY, TYPE);
        fields.must(good >= 0 && good <= GOOD_MAX, "good is a count");
        fields.must(bad.size() <= BAD_MAX, "bad has at most " + BAD_MAX);
    }

    /// This statement with the custodian's signature.
    public ShareCheckEntry signed(Signer signer) {
        String made = UnpaddedBase64.encode(signer.sign(signedBytes()));
        return new ShareCheckEntry(stock, generation, custodian, madeAt, good, bad, made);
    }

    /// Whether that custodian made the statement.
    public boolean isSignedBy(Custodian of, Verifier verifier) {
        return of.id().equals(custodian)
                && verifier.verify(
                        of.signing().bytes(),
                        signedBytes(),
                        UnpaddedBase64.decode(signature).orElse(new byte[0]));
    }

    static ShareCheckEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        ShareCheckEntry entry =
                new ShareCheckEntry(
                        fields.parsed("stock", StockId::new),
                        fields.number("generation", 1, Sharing.GENERATIONS_MAX),
                        fields.parsed("custodian", Digest::new),
                        fields.time("made_at"),
                        fields.number("good", 0, GOOD_MAX),
                        fields.parsedAll("bad", BAD_MAX, Digest::new),
                        fields.base64("signature"));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return unsigned().with("signature", signature);
    }

    private byte[] signedBytes() {
        return unsigned().bytes();
    }

    private JsonObject unsigned() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("generation", generation)
                .put("custodian", custodian.value())
                .put("made_at", madeAt.toEpochMilli())
                .put("good", good)
                .put("bad", JsonArray.ofTexts(bad))
                .build();
    }
}
