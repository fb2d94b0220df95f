package org.chancery.conformance.play;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.chancery.protocol.json.Json;

/// Ed25519 keys by name, the same for every server, so that signed objects are alike on all.
public final class Seals {
    private static final int KEY_BYTES = 32; // The raw key ends its X.509 form.

    private final Map<String, KeyPair> keys = new HashMap<>();

    /// The public half, unpadded base64.
    String publicKey(String name) {
        byte[] encoded = pair(name).getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
        return Base64.getEncoder().withoutPadding().encodeToString(raw);
    }

    /// Signs what is to be signed of an object ("Signing JSON").
    String signature(String name, ObjectNode object) {
        ObjectNode bare = object.deepCopy();
        bare.remove("signatures");
        bare.remove("unsigned");
        byte[] canonical = Json.parse(bare.toString().getBytes(StandardCharsets.UTF_8)).bytes();
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair(name).getPrivate());
            signature.update(canonical);
            return Base64.getEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyPair pair(String name) {
        return keys.computeIfAbsent(
                name,
                _ -> {
                    try {
                        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
                    } catch (GeneralSecurityException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }
}
