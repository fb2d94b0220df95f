package org.chancery.homeserver.e2ee;

import java.util.Map;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Mailboxes behind which no client is. What comes for them goes here and not into the mailboxes of
/// devices: nobody fetches it, so nothing may wait to be fetched, be bounded by who does not, or go
/// when a device goes.
public interface KeptInboxes {
    /// There are none.
    KeptInboxes NONE =
            new KeptInboxes() {
                @Override
                public boolean keeps(UserId user) {
                    return false;
                }

                @Override
                public void keep(
                        Tx tx,
                        long position,
                        ToDevice.Sending sending,
                        UserId user,
                        Map<String, JsonObject> byDevice) {
                    throw new IllegalStateException("nobody's messages are kept here");
                }
            };

    /// Whether messages for this user are kept here.
    boolean keeps(UserId user);

    /// Keeps what a request has for such a user. Runs on the committer; must not throw or wait.
    ///
    /// @param position the request's place in the one sequence
    /// @param byDevice contents by device ID or `*`
    void keep(
            Tx tx,
            long position,
            ToDevice.Sending sending,
            UserId user,
            Map<String, JsonObject> byDevice);
}
