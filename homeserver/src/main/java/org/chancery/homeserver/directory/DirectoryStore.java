package org.chancery.homeserver.directory;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The durable aliases and the list of published rooms.
public interface DirectoryStore {

    /// Where an alias points, and who made it.
    record Entry(RoomAlias alias, RoomId room, UserId creator) {}

    /// Points an alias to a room, unless it points somewhere.
    ///
    /// @return whether it was free
    boolean insert(Tx tx, Entry entry);

    /// Takes an alias away.
    ///
    /// @return whether it was there
    boolean delete(Tx tx, RoomAlias alias);

    /// Shows or hides a room in the published directory.
    void publish(Tx tx, RoomId room, boolean published);

    /// Points all aliases of a room to another one, and shows that instead of it.
    void move(Tx tx, RoomId from, RoomId to);

    Optional<Entry> find(RoomAlias alias);

    /// The aliases of a room, at most 1,000.
    List<Entry> aliases(RoomId room);

    boolean isPublished(RoomId room);

    /// A published room, with as many members as have been counted.
    record Published(RoomId room, long members) {}

    /// Every published room, at most 100,000, the largest first.
    List<Published> published();

    /// Counts so many more members as joined, or less.
    void countMembers(Tx tx, RoomRef room, long more);
}
