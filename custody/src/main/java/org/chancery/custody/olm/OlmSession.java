package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import de.connect2x.trixnity.vodozemac.olm.Session;

/// One Olm session from the receiving side.
final class OlmSession implements AutoCloseable {
    private final Session session;

    OlmSession(Session session) {
        this.session = session;
    }

    /// Throws [OlmFault].
    String decrypt(String message) {
        return Vodozemac.ask(
                "decrypt an Olm message",
                () ->
                        session.decrypt(
                                (OlmMessage.Text)
                                        OlmMessage.PreKey.Text.Companion.invoke(message)));
    }

    @Override
    public void close() {
        session.close();
    }
}
