package org.chancery.archive.stock;

import org.chancery.protocol.json.JsonObject;

/// The sealed private half of a device, as a dehydrated device is written (MSC3814,
/// `device_data`): its `Account` under an AEAD whose key exists in shares only.
///
/// @param ciphertext in base64
/// @param nonce in base64
public record Container(String ciphertext, String nonce) {
    private static final String KIND = "org.chancery.container.v1";
    private static final String ALGORITHM = "org.matrix.msc3814.v2";
    private static final int BYTES_MAX = 16_384;

    public Container {
        if (!isBase64(ciphertext) || !isBase64(nonce)) {
            throw new MalformedArchive("a container is base64 of at most " + BYTES_MAX + " bytes");
        }
    }

    public static Container parse(JsonObject json) {
        Fields fields = Fields.of(json, "a container");
        fields.must(fields.text("algorithm").equals(ALGORITHM), "algorithm is " + ALGORITHM);
        Container container =
                new Container(fields.longText("device_pickle", BYTES_MAX), fields.text("nonce"));
        fields.end();
        return container;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("algorithm", ALGORITHM)
                .put("device_pickle", ciphertext)
                .put("nonce", nonce)
                .build();
    }

    /// What the log keeps of it.
    public Digest digest() {
        return Digest.of(KIND, json().bytes());
    }

    private static boolean isBase64(String text) {
        return !text.isEmpty() && text.length() <= BYTES_MAX && Fields.isBase64(text);
    }
}
