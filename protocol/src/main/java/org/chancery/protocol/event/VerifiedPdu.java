package org.chancery.protocol.event;

import java.util.Optional;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Verifier;

/// A PDU whose signatures hold. Only [#verify] makes one of what came from elsewhere, and only
/// [DraftEvent#sign] of our own.
public final class VerifiedPdu {
    private final Pdu pdu;
    private final boolean contentIntact;

    private VerifiedPdu(Pdu pdu, boolean contentIntact) {
        this.pdu = pdu;
        this.contentIntact = contentIntact;
    }

    /// The public keys of servers, as far as known.
    @FunctionalInterface
    public interface ServerKeys {
        /// The key, if it is known and was valid at that time (room version 5 and later judge the
        /// time strictly, see [org.chancery.protocol.roomversion.RoomVersion#enforcesKeyValidity]).
        Optional<byte[]> key(ServerName server, KeyId id, long originServerTs);
    }

    /// Receipt checks 2 and 3. Empty when the signatures do not hold; the event is then dropped.
    /// When the content hash does not hold, what is verified is the redacted event.
    public static Optional<VerifiedPdu> verify(
            ReceivedPdu received, ServerKeys keys, Verifier verifier) {
        var pdu = received.unverified();
        var signed = Redaction.redact(pdu.json(), pdu.version());
        for (var server : received.requiredSigners()) {
            if (!signedBy(server, signed, pdu.originServerTs(), keys, verifier)) {
                return Optional.empty();
            }
        }
        boolean intact = ContentHash.holds(pdu.json());
        return Optional.of(new VerifiedPdu(intact ? pdu : pdu.redacted(), intact));
    }

    /// An event that this server has signed itself.
    static VerifiedPdu signedHere(Pdu pdu) {
        return new VerifiedPdu(pdu, true);
    }

    public Pdu pdu() {
        return pdu;
    }

    /// False where the event came redacted, or its content did not fit its hash.
    public boolean contentIntact() {
        return contentIntact;
    }

    @Override
    public String toString() {
        return "VerifiedPdu[" + pdu.eventId() + "]";
    }

    /// Whether at least one signature is by a known key and every such signature holds. A signature
    /// by an unknown or expired key is skipped.
    private static boolean signedBy(
            ServerName server, JsonObject signed, long at, ServerKeys keys, Verifier verifier) {
        var message = JsonSigning.signedBytes(signed);
        boolean found = false;
        for (var signature : JsonSigning.signatures(signed, server.value()).entrySet()) {
            var key = keys.key(server, signature.getKey(), at);
            if (key.isEmpty()) {
                continue;
            }
            if (!verifier.verify(key.get(), message, signature.getValue())) {
                return false;
            }
            found = true;
        }
        return found;
    }
}
