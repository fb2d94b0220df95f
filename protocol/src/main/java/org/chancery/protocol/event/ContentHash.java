package org.chancery.protocol.event;

import java.security.MessageDigest;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The hash over the whole event (Server-Server API, "Calculating the content hash for an event").
public final class ContentHash {
    private ContentHash() {}

    public static byte[] of(JsonObject event) {
        return Sha256.of(event.without("unsigned").without("signatures").without("hashes").bytes());
    }

    /// Whether the event has the content that its own `hashes` promises. Where not, it counts as
    /// redacted.
    public static boolean holds(JsonObject event) {
        var promised =
                event.object("hashes")
                        .flatMap(hashes -> hashes.string("sha256"))
                        .flatMap(UnpaddedBase64::decode);
        return promised.isPresent() && MessageDigest.isEqual(promised.get(), of(event));
    }

    /// The event with its hash written into `hashes`.
    static JsonObject add(JsonObject event) {
        return event.with("hashes", JsonObject.of("sha256", UnpaddedBase64.encode(of(event))));
    }
}
