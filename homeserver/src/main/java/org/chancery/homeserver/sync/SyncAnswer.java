package org.chancery.homeserver.sync;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// All that one sync tells (client-server API, `GET /sync`, answer 200).
///
/// @param keys told in every answer, since a client takes what is not told for zero
public record SyncAnswer(
        SyncToken nextBatch,
        Rooms rooms,
        List<AccountDatum> accountData,
        List<Present> presence,
        List<ToDeviceMessage> toDevice,
        DeviceListChanges deviceLists,
        Keys keys) {

    /// The rooms by how the user stands to them.
    public record Rooms(
            List<JoinedRoom> joined,
            List<StrippedRoom> invited,
            List<StrippedRoom> knocked,
            List<JoinedRoom> left) {
        /// Whether there is no news of any room.
        public boolean isEmpty() {
            return joined.isEmpty() && invited.isEmpty() && knocked.isEmpty() && left.isEmpty();
        }
    }

    /// A user and his presence; where nothing is known he is offline.
    public record Present(UserId user, Optional<Presence.Status> status) {}

    /// How many keys the device has left on the server.
    ///
    /// @param oneTimeCounts by algorithm
    /// @param unusedFallbackTypes the algorithms whose fallback key nobody has been given yet
    public record Keys(JsonObject oneTimeCounts, List<String> unusedFallbackTypes) {}

    /// Whether there is nothing to tell, so that the client may wait.
    boolean isEmpty() {
        return rooms.isEmpty()
                && accountData.isEmpty()
                && presence.isEmpty()
                && toDevice.isEmpty()
                && deviceLists.isEmpty();
    }
}
