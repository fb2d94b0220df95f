package org.chancery.homeserver.rooms;

import java.util.random.RandomGenerator;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.signing.Signer;

/// Who this server is when it writes events.
public final class Identity {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int OPAQUE_LENGTH = 18;

    private final ServerName server;
    private final Signer signer;
    private final RandomGenerator random;

    /// @param random names the rooms of versions before 12; must not be guessable
    public Identity(ServerName server, Signer signer, RandomGenerator random) {
        this.server = server;
        this.signer = signer;
        this.random = random;
    }

    public ServerName server() {
        return server;
    }

    public Signer signer() {
        return signer;
    }

    /// Whether the user has an account here.
    public boolean isLocal(UserId user) {
        return user.server().equals(server);
    }

    /// A name for a room of a version before 12.
    RoomId newRoomId() {
        return new RoomId("!" + opaque() + ":" + server);
    }

    /// A name for an event of room versions 1 and 2.
    EventId newEventId() {
        return new EventId("$" + opaque() + ":" + server);
    }

    private String opaque() {
        StringBuilder opaque = new StringBuilder(OPAQUE_LENGTH);
        for (int i = 0; i < OPAQUE_LENGTH; i++) {
            opaque.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return opaque.toString();
    }
}
