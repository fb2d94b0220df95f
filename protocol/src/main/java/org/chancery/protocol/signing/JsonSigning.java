package org.chancery.protocol.signing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;

/// Signs JSON objects and checks such signatures (Appendices, "Signing JSON"). The entity that
/// signs is a server name, or a user ID for device and cross-signing keys.
public final class JsonSigning {
    private static final String SIGNATURES = "signatures";

    /// Most signatures of one entity that are looked at.
    private static final int SIGNATURES_MAX = 100;

    private JsonSigning() {}

    /// The bytes that are signed: all but `signatures` and `unsigned`, as canonical JSON.
    public static byte[] signedBytes(JsonObject object) {
        return object.without(SIGNATURES).without("unsigned").bytes();
    }

    /// The object with the entity's signature added to those it has.
    public static JsonObject sign(JsonObject object, String entity, Signer signer) {
        var signature = UnpaddedBase64.encode(signer.sign(signedBytes(object)));
        return withSignature(object, entity, signer.keyId(), signature);
    }

    /// The object with a signature that was made elsewhere added to those it has.
    public static JsonObject withSignature(
            JsonObject object, String entity, KeyId key, String signature) {
        var all = object.object(SIGNATURES).orElse(JsonObject.EMPTY);
        var own = all.object(entity).orElse(JsonObject.EMPTY);
        return object.with(SIGNATURES, all.with(entity, own.with(key.toString(), signature)));
    }

    /// Whether the entity signed the object with that key.
    public static boolean verify(
            JsonObject object, String entity, KeyId key, byte[] publicKey, Verifier verifier) {
        var signature = signatures(object, entity).get(key);
        return signature != null && verifier.verify(publicKey, signedBytes(object), signature);
    }

    /// The Ed25519 signatures of the entity by key; what is malformed or of another algorithm is
    /// left out.
    public static Map<KeyId, byte[]> signatures(JsonObject object, String entity) {
        var own =
                object.object(SIGNATURES)
                        .flatMap(all -> all.object(entity))
                        .orElse(JsonObject.EMPTY);
        var signatures = new LinkedHashMap<KeyId, byte[]>();
        for (var member : own.entries()) {
            if (signatures.size() == SIGNATURES_MAX) {
                break;
            }
            if (member.value() instanceof JsonString(var text)) {
                add(signatures, member.name(), text);
            }
        }
        return signatures;
    }

    private static void add(Map<KeyId, byte[]> signatures, String name, String text) {
        try {
            var key = KeyId.parse(name);
            if (key.isEd25519()) {
                UnpaddedBase64.decode(text).ifPresent(bytes -> signatures.put(key, bytes));
            }
        } catch (MalformedId _) {
            // The spec: identifiers that are not understood are removed, not an error.
            return;
        }
    }
}
