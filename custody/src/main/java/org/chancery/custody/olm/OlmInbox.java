package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chancery.archive.stock.PublicKey;
import org.jspecify.annotations.Nullable;

/// The inbox of an opened archive device, read message by message in the order of arrival.
///
/// The device never answered, so every message is a pre-key message, names its session, and can
/// begin it anew. A session refuses what it has left more than 40 steps behind, so a message that
/// comes late is read from a fresh session, which counts from the first step. Neither reads over a
/// gap
/// of more than 2,000 steps.
public final class OlmInbox implements AutoCloseable {
    /// Sessions that are kept; one that was dropped is begun anew by its next message.
    private static final int SESSIONS_MAX = 50_000;

    private final OlmAccount account;
    private final Map<Name, OlmSession> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /// Which session a message is of.
    private record Name(PublicKey sender, String session) {}

    /// The account stays its owner's to close.
    public OlmInbox(OlmAccount account) {
        this.account = account;
    }

    /// The plaintext of a pre-key message; throws [OlmFault].
    ///
    /// @param body in base64, as it stood in the event
    /// @param sender the identity key that the event names as the sender's
    public String read(String body, PublicKey sender) {
        Name name = new Name(sender, session(body));
        OlmSession known = sessions.get(name);
        String plaintext = known == null ? null : tried(known, body);
        return plaintext != null ? plaintext : fromAFreshSession(body, name);
    }

    private static String session(String body) {
        return Vodozemac.ask(
                "read an Olm message",
                () -> {
                    var message = OlmMessage.PreKey.Text.Companion.invoke(body);
                    try (var keys = message.getSessionKeys();
                            var _ = message.getMessage()) {
                        return keys.getSessionId();
                    }
                });
    }

    private static @Nullable String tried(OlmSession session, String body) {
        try {
            return session.decrypt(body);
        } catch (OlmFault _) {
            return null; // A fresh session is tried next, and says what is wrong.
        }
    }

    private String fromAFreshSession(String body, Name name) {
        OlmAccount.Opened opened = account.openSession(body, name.sender());
        if (sessions.containsKey(name)) {
            opened.session().close(); // The one that is known is further on.
        } else {
            keep(name, opened.session());
        }
        return opened.plaintext();
    }

    private void keep(Name name, OlmSession session) {
        if (sessions.size() == SESSIONS_MAX) {
            var oldest = sessions.entrySet().iterator();
            oldest.next().getValue().close();
            oldest.remove();
        }
        sessions.put(name, session);
    }

    @Override
    public void close() {
        sessions.values().forEach(OlmSession::close);
        sessions.clear();
    }
}
