package org.chancery.protocol.authrules;

import static org.chancery.protocol.authrules.Verdict.denied;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.protocol.authrules.MemberRules.Change;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;
import org.jspecify.annotations.Nullable;

/// 5.4.1 If an invite's content has a `third_party_invite`: it takes up the invitation of an e-mail
/// address or the like, and the identity server signs that the user owns that address.
final class ThirdPartyInvites {
    /// One event could hold a thousand signatures and another a thousand keys; a real invite has
    /// one signature and two keys.
    private static final int ATTEMPTS_MAX = 128;

    private final Verifier verifier;

    ThirdPartyInvites(Verifier verifier) {
        this.verifier = verifier;
    }

    Verdict rule5_4_1(Change change) {
        if (change.was() == Membership.BAN) {
            return denied("5.4.1.1", "the user is banned");
        }
        var signed =
                change.event()
                        .content()
                        .object("third_party_invite")
                        .flatMap(invite -> invite.object("signed"));
        if (signed.isEmpty()) {
            return denied("5.4.1.2", "the third-party invite is not signed");
        }
        var mxid = signed.get().string("mxid");
        var token = signed.get().string("token");
        if (mxid.isEmpty() || token.isEmpty()) {
            return denied("5.4.1.3", "the third-party invite lacks its mxid or token");
        }
        if (!mxid.get().equals(change.event().stateKey())) {
            return denied("5.4.1.4", "the third-party invite is for another user");
        }
        var invite = change.state().get(new StateKey(EventType.THIRD_PARTY_INVITE, token.get()));
        if (invite == null) {
            return denied("5.4.1.5", "the room has no such third-party invite");
        }
        if (!invite.sender().equals(change.sender())) {
            return denied("5.4.1.6", "the sender did not send the third-party invite");
        }
        return Verdict.allowedIf(
                anySignatureHolds(signed.get(), keys(invite.content())), // 5.4.1.7
                "5.4.1.8",
                "no key of the third-party invite signed it");
    }

    private static List<byte[]> keys(JsonObject invite) {
        var keys = new ArrayList<byte[]>();
        decoded(invite.get("public_key")).ifPresent(keys::add);
        var more = invite.array("public_keys");
        if (more.isPresent()) {
            for (var key : more.get().objects()) {
                decoded(key.get("public_key")).ifPresent(keys::add);
            }
        }
        return keys;
    }

    private boolean anySignatureHolds(JsonObject signed, List<byte[]> keys) {
        byte[] message = JsonSigning.signedBytes(signed);
        int attempts = 0;
        for (var signature : signatures(signed)) {
            for (var key : keys) {
                if (attempts++ == ATTEMPTS_MAX) {
                    return false;
                }
                if (verifier.verify(key, message, signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<byte[]> signatures(JsonObject signed) {
        var signatures = new ArrayList<byte[]>();
        for (var server : signed.object("signatures").orElse(JsonObject.EMPTY).names()) {
            signatures.addAll(JsonSigning.signatures(signed, server).values());
        }
        return signatures;
    }

    private static Optional<byte[]> decoded(@Nullable JsonValue value) {
        return value instanceof JsonString(String text)
                ? UnpaddedBase64.decode(text)
                : Optional.empty();
    }
}
