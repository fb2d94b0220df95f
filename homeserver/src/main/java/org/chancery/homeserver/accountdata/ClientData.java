package org.chancery.homeserver.accountdata;

import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Account data as clients may write it: some types belong to the server and are changed by
/// endpoints of their own (client-server API, "Client Config", server behaviour).
public final class ClientData {
    private static final Set<String> OF_THE_SERVER = Set.of("m.fully_read", "m.push_rules");

    private final AccountData data;

    public ClientData(AccountData data) {
        this.data = data;
    }

    /// Writes a value for a client.
    public void set(UserId user, Optional<RoomId> room, String type, JsonObject content) {
        if (OF_THE_SERVER.contains(type)) {
            throw new MatrixError.ServerControlled("Cannot set " + type + " through this API.")
                    .asException();
        }
        data.set(user, room, type, content);
    }

    /// The value that a client asks for.
    public JsonObject get(UserId user, Optional<RoomId> room, String type) {
        return data.get(user, room, type)
                .orElseThrow(
                        () -> new MatrixError.NotFound("Account data not found.").asException());
    }
}
