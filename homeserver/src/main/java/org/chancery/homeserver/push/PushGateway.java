package org.chancery.homeserver.push;

import org.chancery.protocol.json.JsonObject;

/// A way to tell pushers of a kind something.
public interface PushGateway {

    /// What came of it.
    enum Outcome {
        TOLD,
        /// It is not there any more, and is to be forgotten.
        GONE,
        /// It is to be tried again.
        FAILED
    }

    /// Refuses a pusher that leads to where this server sends nothing, or has no good keys.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM`
    void require(Pusher pusher);

    /// Tells it. Waits for the answer, within bounds.
    ///
    /// @param urgent whether a sleeping device should wake up for it
    Outcome tell(Pusher pusher, JsonObject payload, boolean urgent);
}
