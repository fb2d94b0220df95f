package org.chancery.protocol.event;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// A PDU from another server that has the right format (receipt check 1); nothing else is known of
/// it.
public final class ReceivedPdu {
    private final Pdu pdu;

    private ReceivedPdu(Pdu pdu) {
        this.pdu = pdu;
    }

    /// Throws [MalformedPdu]; the event is then dropped.
    public static ReceivedPdu parse(JsonObject json, RoomVersion version) {
        return new ReceivedPdu(Pdu.parse(json, version));
    }

    /// The event as it claims to be.
    public Pdu unverified() {
        return pdu;
    }

    /// The servers that must have signed the event (Server-Server API, "Validating hashes and
    /// signatures on received events"): the sender's, unless it is a third-party invite; in room
    /// versions 1 and 2 that of the event ID; for a restricted join that of the authorising user.
    public Set<ServerName> requiredSigners() {
        var signers = new LinkedHashSet<ServerName>();
        if (!isThirdPartyInvite()) {
            signers.add(pdu.sender().server());
        }
        if (pdu.version().eventIdFormat() == RoomVersion.EventIdFormat.ASSIGNED) {
            pdu.eventId().server().ifPresent(signers::add);
        }
        authorisingServer().ifPresent(signers::add);
        return Set.copyOf(signers);
    }

    private boolean isThirdPartyInvite() {
        return pdu.membership().filter(Membership.INVITE::equals).isPresent()
                && pdu.content().has("third_party_invite");
    }

    private Optional<ServerName> authorisingServer() {
        boolean join = pdu.membership().filter(Membership.JOIN::equals).isPresent();
        if (!join || !pdu.version().restrictedJoins()) {
            return Optional.empty();
        }
        try {
            return pdu.content()
                    .string("join_authorised_via_users_server")
                    .map(user -> UserId.parse(user).server());
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
