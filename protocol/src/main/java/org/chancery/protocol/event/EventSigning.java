package org.chancery.protocol.event;

import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;

/// Signs events (Server-Server API, "Adding hashes and signatures to outgoing events").
public final class EventSigning {
    private EventSigning() {}

    /// The event with its content hash and our signature.
    public static JsonObject hashAndSign(
            JsonObject event, RoomVersion version, ServerName server, Signer signer) {
        return sign(ContentHash.add(event), version, server, signer);
    }

    /// The event with our signature beside those it has, as for an invite from elsewhere. The
    /// signature covers what outlives redaction.
    public static JsonObject sign(
            JsonObject event, RoomVersion version, ServerName server, Signer signer) {
        var message = JsonSigning.signedBytes(Redaction.redact(event, version));
        var signature = UnpaddedBase64.encode(signer.sign(message));
        return JsonSigning.withSignature(event, server.value(), signer.keyId(), signature);
    }
}
