package org.chancery.archive.stock;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// Somebody who holds shares: name, organisation, and two public keys, one to seal shares to
/// (X25519)
/// and one that signs what the custodian states (Ed25519).
public record Custodian(String name, String organisation, PublicKey sealing, PublicKey signing) {
    private static final String TYPE = "org.chancery.custodian.v1";
    private static final int CARD_BYTES_MAX = 4_096;
    private static final int NAME_LENGTH_MAX = 80;
    private static final int FINGERPRINT_LENGTH = 12;

    public Custodian {
        if (!named(name) || !named(organisation)) {
            throw new MalformedArchive("a custodian and an organisation have a name of one line");
        }
    }

    /// Reads what [#json] wrote.
    public static Custodian parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        Custodian custodian =
                new Custodian(
                        fields.text("name"),
                        fields.text("organisation"),
                        fields.parsed("sealing_key", PublicKey::new),
                        fields.parsed("signing_key", PublicKey::new));
        fields.end();
        return custodian;
    }

    /// Reads a card: the custodian's own signed word on which keys are theirs.
    public static Custodian readCard(byte[] bytes, Verifier verifier) {
        JsonObject card = Fields.canonical(bytes, CARD_BYTES_MAX, "a custodian's card");
        Custodian custodian = parse(card.without("signature"));
        byte[] signature =
                card.string("signature")
                        .filter(Fields::isBase64)
                        .flatMap(UnpaddedBase64::decode)
                        .orElse(new byte[0]);
        if (!verifier.verify(custodian.signing.bytes(), custodian.json().bytes(), signature)) {
            throw new MalformedArchive(
                    "the card of " + custodian.name + " is not signed by its key");
        }
        return custodian;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("name", name)
                .put("organisation", organisation)
                .put("sealing_key", sealing.value())
                .put("signing_key", signing.value())
                .build();
    }

    /// Names the custodian with these keys, in labels and statements.
    public Digest id() {
        return Digest.of(TYPE, json().bytes());
    }

    /// What people compare by eye and voice: `ABCD-EFGH-IJKL`, 60 bits of the id.
    public String fingerprint() {
        byte[] id = id().bytes();
        String alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < FINGERPRINT_LENGTH; i++) {
            if (i > 0 && i % 4 == 0) {
                text.append('-');
            }
            text.append(alphabet.charAt(fiveBits(id, i)));
        }
        return text.toString();
    }

    /// Whether a person typed the fingerprint, in whatever case and grouping.
    public boolean isFingerprint(String typed) {
        String plain = typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return plain.equals(fingerprint().replace("-", ""));
    }

    private static int fiveBits(byte[] bytes, int at) {
        int bit = at * 5;
        int two = ((bytes[bit / 8] & 0xff) << 8) | (bytes[bit / 8 + 1] & 0xff);
        return (two >> (11 - bit % 8)) & 31;
    }

    private static boolean named(String text) {
        return !text.isBlank()
                && text.getBytes(UTF_8).length <= NAME_LENGTH_MAX
                && text.codePoints().noneMatch(Character::isISOControl);
    }
}
