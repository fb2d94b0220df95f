package org.chancery.homeserver.directory;

import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Aliases of rooms on this server (client-server API, "Room aliases").
public final class Directory implements RoomDirectory {
    private final DirectoryStore store;

    public Directory(DirectoryStore store) {
        this.store = store;
    }

    @Override
    public void claim(Tx tx, RoomAlias alias, RoomId room, UserId creator) {
        if (!store.insert(tx, new DirectoryStore.Entry(alias, room, creator))) {
            throw new MatrixError.RoomInUse().asException();
        }
    }

    @Override
    public void publish(Tx tx, RoomId room) {
        store.publish(tx, room, true);
    }

    /// The room to which an alias points.
    public Optional<RoomId> find(RoomAlias alias) {
        return store.find(alias).map(DirectoryStore.Entry::room);
    }
}
