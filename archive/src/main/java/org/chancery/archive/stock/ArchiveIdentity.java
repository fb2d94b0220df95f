package org.chancery.archive.stock;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Verifier;

/// One archive user, made in stock before anybody knows its room: a cross-signed Matrix user
/// (client-server API, "Cross-signing") with a device for each quarter and spares. Its
/// cross-signing
/// keys signed these devices once and are gone, so that nobody can give it another device.
///
/// @param number its place in the stock, from 1
/// @param use a rehearsal identity is never given to a room, a room's never rehearsed with
/// @param crossSigning its three public cross-signing keys
public record ArchiveIdentity(
        StockId stock,
        int number,
        Use use,
        UserId user,
        CrossSigningKeys crossSigning,
        List<ArchiveDevice> devices) {
    /// What the identity may be used for, fixed in the log before the first use.
    public enum Use {
        ROOM,
        REHEARSAL;

        @Override
        public String toString() {
            return this == ROOM ? "room" : "rehearsal";
        }

        public static Use parse(String text) {
            for (Use use : values()) {
                if (use.toString().equals(text)) {
                    return use;
                }
            }
            throw new MalformedArchive("an identity is for a room or for a rehearsal");
        }
    }

    /// The three public keys as they are uploaded, the two lower ones signed by the master key.
    public record CrossSigningKeys(JsonObject master, JsonObject selfSigning, JsonObject user) {}

    /// With this the localpart of every archive user begins, and of nobody else.
    public static final String NAME_PREFIX = "archive.";

    public static final int NUMBER_MAX = 100_000;
    public static final int DEVICES_MAX = 40;

    /// Largest identity in canonical JSON.
    public static final int BYTES_MAX = 1 << 20;

    private static final String TYPE = "org.chancery.archive_identity.v1";
    private static final String MASTER = "master";
    private static final String SELF_SIGNING = "self_signing";
    private static final String USER_SIGNING = "user_signing";

    public ArchiveIdentity {
        devices = List.copyOf(devices);
        if (number < 1 || number > NUMBER_MAX) {
            throw new MalformedArchive("an identity has a number from 1 to " + NUMBER_MAX);
        }
        if (devices.isEmpty() || devices.size() > DEVICES_MAX) {
            throw new MalformedArchive("an identity has from 1 to " + DEVICES_MAX + " devices");
        }
        Set<Object> seen = new HashSet<>();
        for (ArchiveDevice device : devices) {
            if (!seen.add(device.id()) || !seen.add(device.slot())) {
                throw new MalformedArchive("two devices of an identity have one name or one slot");
            }
        }
    }

    /// The keys that are to be signed by the master key, and the master key itself.
    public static CrossSigningKeys unsigned(
            UserId owner, PublicKey master, PublicKey selfSigning, PublicKey userSigning) {
        return new CrossSigningKeys(
                key(owner, MASTER, master),
                key(owner, SELF_SIGNING, selfSigning),
                key(owner, USER_SIGNING, userSigning));
    }

    /// The name of a cross-signing key is the key itself.
    public static KeyId keyId(PublicKey key) {
        return new KeyId(KeyId.ED25519, key.value());
    }

    public PublicKey masterKey() {
        return keyOf(crossSigning.master(), MASTER);
    }

    public PublicKey selfSigningKey() {
        return keyOf(crossSigning.selfSigning(), SELF_SIGNING);
    }

    public PublicKey userSigningKey() {
        return keyOf(crossSigning.user(), USER_SIGNING);
    }

    public Optional<ArchiveDevice> device(Slot slot) {
        return devices.stream().filter(device -> device.slot().equals(slot)).findFirst();
    }

    /// Refuses an identity of which any signature does not hold.
    public void check(Verifier verifier) {
        checkKey(crossSigning.master(), MASTER, masterKey());
        checkSigned(crossSigning.selfSigning(), SELF_SIGNING, selfSigningKey(), verifier);
        checkSigned(crossSigning.user(), USER_SIGNING, userSigningKey(), verifier);
        for (ArchiveDevice device : devices) {
            device.check(user, selfSigningKey(), verifier);
        }
    }

    private void checkSigned(JsonObject json, String usage, PublicKey key, Verifier verifier) {
        checkKey(json, usage, key);
        PublicKey master = masterKey();
        if (!JsonSigning.verify(json, user.toString(), keyId(master), master.bytes(), verifier)) {
            throw wrong(usage);
        }
    }

    private void checkKey(JsonObject json, String usage, PublicKey key) {
        if (!json.without("signatures").equals(key(user, usage, key))) {
            throw wrong(usage);
        }
    }

    /// Reads what [#bytes] wrote; signatures are another matter, see [#check].
    public static ArchiveIdentity parse(byte[] bytes) {
        Fields fields =
                Fields.ofType(Fields.canonical(bytes, BYTES_MAX, "an archive identity"), TYPE);
        ArchiveIdentity identity =
                new ArchiveIdentity(
                        fields.parsed("stock", StockId::new),
                        fields.number("number", 1, NUMBER_MAX),
                        fields.parsed("use", Use::parse),
                        fields.parsed("user_id", UserId::parse),
                        new CrossSigningKeys(
                                fields.object("master_key"),
                                fields.object("self_signing_key"),
                                fields.object("user_signing_key")),
                        fields.objects("devices", DEVICES_MAX).stream()
                                .map(ArchiveDevice::parse)
                                .toList());
        fields.end();
        return identity;
    }

    /// The identity in canonical JSON.
    public byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("number", number)
                .put("use", use.toString())
                .put("user_id", user.toString())
                .put("master_key", crossSigning.master())
                .put("self_signing_key", crossSigning.selfSigning())
                .put("user_signing_key", crossSigning.user())
                .put("devices", JsonArray.of(devices.stream().map(ArchiveDevice::json).toList()))
                .build()
                .bytes();
    }

    private static JsonObject key(UserId owner, String usage, PublicKey key) {
        return JsonObject.builder()
                .put("user_id", owner.toString())
                .put("usage", JsonArray.of(new JsonString(usage)))
                .put("keys", JsonObject.of(keyId(key).toString(), key.value()))
                .build();
    }

    private PublicKey keyOf(JsonObject json, String usage) {
        JsonObject keys = json.object("keys").orElse(JsonObject.EMPTY);
        if (keys.size() == 1 && keys.entries().getFirst().value() instanceof JsonString(var text)) {
            return new PublicKey(text);
        }
        throw wrong(usage);
    }

    private MalformedArchive wrong(String usage) {
        return new MalformedArchive(
                "the " + usage + " key of identity " + number + " is not what it should be");
    }
}
