package org.chancery.archive.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// What the custodians are asked to bring their shares together for.
///
/// Custodians sign it, and thereby the key of the desk: only where two of them, of two
/// organisations, have put their name to that key does a custodian's program seal a share to it.
///
/// @param generation of the shares that are asked for
/// @param desk the key to which the shares shall be sealed anew
/// @param number the identity to rehearse with; 0 for the other purposes
/// @param proof that the entry of that generation stands in the log (C2SP tlog-proof)
public record Order(
        Purpose purpose,
        StockId stock,
        int generation,
        PublicKey desk,
        int number,
        String reason,
        Instant madeAt,
        String proof,
        List<Signature> signatures) {
    /// Why shares come together outside a case.
    public enum Purpose {
        /// Cut and choose: to open a tenth of a fresh stock and discard it.
        TENTH("tenth"),
        /// To split the keys anew among other custodians.
        RESHARE("reshare"),
        /// To try an opening with an identity that no room ever has.
        REHEARSAL("rehearsal");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }

        public static Purpose parse(String text) {
            for (Purpose purpose : values()) {
                if (purpose.word.equals(text)) {
                    return purpose;
                }
            }
            throw new MalformedArchive("an order is for a tenth, a reshare or a rehearsal");
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// A custodian's name under an order.
    ///
    /// @param value in base64
    public record Signature(Digest custodian, String value) {}

    /// Largest order in canonical JSON.
    public static final int BYTES_MAX = 1 << 18;

    private static final String TYPE = "org.chancery.order.v1";
    private static final int PROOF_LENGTH_MAX = 1 << 16;
    private static final int REASON_LENGTH_MAX = 500;
    private static final int SIGNERS_MIN = 2;

    public Order {
        signatures =
                signatures.stream().sorted(Comparator.comparing(Signature::custodian)).toList();
        Fields fields = Fields.of(JsonObject.EMPTY, TYPE);
        fields.must(
                purpose == Purpose.REHEARSAL ? number > 0 : number == 0,
                "a rehearsal, and nothing else, names one identity");
        fields.must(
                !reason.isBlank() && reason.length() <= REASON_LENGTH_MAX, "an order has a reason");
        fields.must(
                signatures.stream().map(Signature::custodian).distinct().count()
                        == signatures.size(),
                "nobody signs twice");
    }

    /// The order with one more name under it; a custodian's second signature takes the place of the
    /// first.
    public Order signed(Digest custodian, Signer signer) {
        List<Signature> all = new ArrayList<>(signatures);
        all.removeIf(one -> one.custodian().equals(custodian));
        all.add(new Signature(custodian, UnpaddedBase64.encode(signer.sign(signedBytes()))));
        return new Order(purpose, stock, generation, desk, number, reason, madeAt, proof, all);
    }

    /// Refuses an order that two custodians, of two organisations, have not signed, or that anybody
    /// signed falsely.
    ///
    /// @param sharing whose custodians may sign
    public void check(Sharing sharing, Verifier verifier) {
        if (sharing.generation() != generation) {
            throw new MalformedArchive(
                    "the order asks for shares of generation "
                            + generation
                            + ", here is "
                            + sharing.generation());
        }
        Set<String> houses = new TreeSet<>();
        for (Signature signature : signatures) {
            houses.add(signer(sharing, signature, verifier).organisation());
        }
        if (signatures.size() < SIGNERS_MIN || houses.size() < SIGNERS_MIN) {
            throw new MalformedArchive(
                    "the order is refused: no two custodians of two organisations have signed"
                            + " for the key of this desk");
        }
    }

    private Custodian signer(Sharing sharing, Signature signature, Verifier verifier) {
        Custodian custodian =
                sharing.indexOf(signature.custodian())
                        .map(index -> sharing.custodians().get(index - 1))
                        .orElseThrow(
                                () ->
                                        new MalformedArchive(
                                                "the order is refused: somebody signed it who is no"
                                                        + " custodian of this stock"));
        byte[] value = UnpaddedBase64.decode(signature.value()).orElse(new byte[0]);
        if (!verifier.verify(custodian.signing().bytes(), signedBytes(), value)) {
            throw new MalformedArchive(
                    "the order is refused: the signature of "
                            + custodian.name()
                            + " does not hold");
        }
        return custodian;
    }

    /// Names the order as it was signed, signatures included.
    public Digest digest() {
        return Digest.of(TYPE, bytes());
    }

    /// Reads what [#bytes] wrote.
    public static Order parse(byte[] bytes) {
        Fields fields = Fields.ofType(Fields.canonical(bytes, BYTES_MAX, "an order"), TYPE);
        Order order =
                new Order(
                        fields.parsed("purpose", Purpose::parse),
                        fields.parsed("stock", StockId::new),
                        fields.number("generation", 1, Sharing.GENERATIONS_MAX),
                        fields.parsed("desk", PublicKey::new),
                        fields.number("number", 0, ArchiveIdentity.NUMBER_MAX),
                        fields.text("reason"),
                        fields.time("made_at"),
                        fields.longText("proof", PROOF_LENGTH_MAX),
                        fields.objects("signatures", Sharing.CUSTODIANS_MAX).stream()
                                .map(Order::parseSignature)
                                .toList());
        fields.end();
        fields.must(Digest.of(TYPE, bytes).equals(order.digest()), "signatures stand in order");
        return order;
    }

    private static Signature parseSignature(JsonObject json) {
        Fields fields = Fields.of(json, "a signature");
        Signature signature =
                new Signature(fields.parsed("custodian", Digest::new), fields.base64("value"));
        fields.end();
        return signature;
    }

    /// The order in canonical JSON.
    public byte[] bytes() {
        return unsigned()
                .with("signatures", JsonArray.of(signatures.stream().map(Order::json).toList()))
                .bytes();
    }

    private static JsonObject json(Signature signature) {
        return JsonObject.EMPTY
                .with("custodian", signature.custodian().value())
                .with("value", signature.value());
    }

    private byte[] signedBytes() {
        return unsigned().bytes();
    }

    private JsonObject unsigned() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("purpose", purpose.toString())
                .put("stock", stock.value())
                .put("generation", generation)
                .put("desk", desk.value())
                .put("number", number)
                .put("reason", reason)
                .put("made_at", madeAt.toEpochMilli())
                .put("proof", proof)
                .build();
    }
}
