package org.chancery.archive.stock;

import java.util.List;
import java.util.Map;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Verifier;

/// One device of an archive identity as any client sees it: `device_keys` signed by itself and by
/// the self-signing key, and one signed fallback key (client-server API, "Device keys"), which is
/// never replaced, as a container that is opened again knows only that one. Beside them the
/// container.
///
/// @param keys the `device_keys`
/// @param fallback the `fallback_keys` of an upload: one key by its ID
public record ArchiveDevice(
        DeviceId id, Slot slot, JsonObject keys, JsonObject fallback, Container container) {
    /// Of a device's keys, sent with each Olm message to it.
    private static final List<String> ALGORITHMS =
            List.of("m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2");

    private static final String CURVE25519 = "curve25519";
    private static final String FALLBACK = "signed_curve25519";

    public ArchiveDevice {
        if (fallback.size() != 1 || !fallback.names().getFirst().startsWith(FALLBACK + ":")) {
            throw new MalformedArchive("an archive device has one fallback key");
        }
    }

    /// The `device_keys` that a device is to sign (and then the self-signing key).
    public static JsonObject unsignedKeys(
            UserId user, DeviceId id, PublicKey ed25519, PublicKey curve25519) {
        JsonObject keys =
                JsonObject.EMPTY
                        .with(keyId(CURVE25519, id), curve25519.value())
                        .with(keyId(KeyId.ED25519, id), ed25519.value());
        return JsonObject.builder()
                .put("user_id", user.toString())
                .put("device_id", id.value())
                .put("algorithms", JsonArray.ofTexts(ALGORITHMS))
                .put("keys", keys)
                .build();
    }

    /// The fallback key that a device is to sign.
    public static JsonObject unsignedFallback(PublicKey key) {
        return JsonObject.EMPTY.with("key", key.value()).with("fallback", true);
    }

    /// The `fallback_keys` of an upload with that signed key.
    public static JsonObject fallbackKeys(String id, JsonObject signed) {
        return JsonObject.of(FALLBACK + ":" + id, signed);
    }

    /// The Ed25519 key of the device, by which people and labels name it.
    public PublicKey fingerprint() {
        return key(KeyId.ED25519);
    }

    /// The identity key to which Olm messages are sent.
    public PublicKey curve25519() {
        return key(CURVE25519);
    }

    /// The key with which each Olm session to the device begins.
    public PublicKey fallbackKey() {
        return new PublicKey(
                signedFallback().string("key").orElseThrow(() -> wrong("has no fallback key")));
    }

    /// Refuses a device that is not of this user, or whose signatures do not hold.
    void check(UserId user, PublicKey selfSigning, Verifier verifier) {
        JsonObject expected = unsignedKeys(user, id, fingerprint(), curve25519());
        if (!keys.without("signatures").equals(expected)) {
            throw wrong("does not say what it is");
        }
        KeyId own = new KeyId(KeyId.ED25519, id.value());
        Map<KeyId, PublicKey> signers =
                Map.of(own, fingerprint(), ArchiveIdentity.keyId(selfSigning), selfSigning);
        checkSigned(keys, user, signers, verifier);
        if (!signedFallback().without("signatures").equals(unsignedFallback(fallbackKey()))) {
            throw wrong("has another fallback key than a device can publish");
        }
        checkSigned(signedFallback(), user, Map.of(own, fingerprint()), verifier);
    }

    private void checkSigned(
            JsonObject json, UserId user, Map<KeyId, PublicKey> signers, Verifier verifier) {
        signers.forEach(
                (id, key) -> {
                    if (!JsonSigning.verify(json, user.toString(), id, key.bytes(), verifier)) {
                        throw wrong("has a signature that does not hold");
                    }
                });
    }

    public static ArchiveDevice parse(JsonObject json) {
        Fields fields = Fields.of(json, "an archive device");
        ArchiveDevice device =
                new ArchiveDevice(
                        fields.parsed("device_id", DeviceId::parse),
                        fields.parsed("slot", Slot::parse),
                        fields.object("device_keys"),
                        fields.object("fallback_keys"),
                        Container.parse(fields.object("device_data")));
        fields.end();
        return device;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("device_id", id.value())
                .put("slot", slot.toString())
                .put("device_keys", keys)
                .put("fallback_keys", fallback)
                .put("device_data", container.json())
                .build();
    }

    private PublicKey key(String algorithm) {
        JsonObject all = keys.object("keys").orElse(JsonObject.EMPTY);
        if (all.get(keyId(algorithm, id)) instanceof JsonString(var text)) {
            return new PublicKey(text);
        }
        throw wrong("has no " + algorithm + " key");
    }

    private JsonObject signedFallback() {
        return fallback.entries().getFirst().value() instanceof JsonObject key
                ? key
                : JsonObject.EMPTY;
    }

    private static String keyId(String algorithm, DeviceId device) {
        return algorithm + ":" + device.value();
    }

    private MalformedArchive wrong(String fault) {
        return new MalformedArchive("the device of " + slot + " " + fault);
    }
}
