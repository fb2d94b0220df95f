package org.chancery.homeserver.directory;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// Aliases of rooms on this server, and which rooms are published (client-server API, "Room
/// aliases", "Published room directory").
public final class Directory implements RoomDirectory {
    private final DirectoryStore store;
    private final EventStore events;
    private final Journal journal;
    private final ServerName server;

    public Directory(DirectoryStore store, EventStore events, Journal journal, ServerName server) {
        this.store = store;
        this.events = events;
        this.journal = journal;
        this.server = server;
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

    @Override
    public void hide(Tx tx, RoomId room) {
        store.publish(tx, room, false);
    }

    @Override
    public void move(Tx tx, RoomId from, RoomId to) {
        store.move(tx, from, to);
    }

    /// The room to which an alias points.
    public Optional<RoomId> find(RoomAlias alias) {
        return store.find(alias).map(DirectoryStore.Entry::room);
    }

    /// Points a new alias to a room.
    ///
    /// @throws MatrixException `M_INVALID_PARAM` for an alias of another server, `M_NOT_FOUND` if
    ///     there is no such room, `M_UNKNOWN` (409) if the alias is taken
    public void add(UserId by, RoomAlias alias, RoomId room) {
        if (!alias.server().equals(server)) {
            throw new MatrixError.InvalidParam("The alias belongs to another server").asException();
        }
        if (events.room(room).isEmpty()) {
            throw new MatrixError.NotFound("No such room").asException();
        }
        boolean added =
                journal.commit(
                        Changes.of(
                                tx -> store.insert(tx, new DirectoryStore.Entry(alias, room, by))));
        if (!added) {
            throw new MatrixError.AliasInUse().asException();
        }
    }

    /// Takes an alias away: its maker may, and who may set the room's canonical alias.
    ///
    /// @param levels the power levels of its room, if the user is in it
    public void remove(UserId by, boolean admin, RoomAlias alias, Optional<PowerLevels> levels) {
        DirectoryStore.Entry entry =
                store.find(alias)
                        .orElseThrow(() -> new MatrixError.NotFound("No such alias").asException());
        boolean mayName =
                levels.filter(it -> it.of(by) >= it.required(EventType.CANONICAL_ALIAS, true))
                        .isPresent();
        if (!admin && !mayName && !entry.creator().equals(by)) {
            throw new MatrixError.Forbidden("You did not make this alias").asException();
        }
        journal.commit(Changes.of(tx -> store.delete(tx, alias)));
    }

    /// The aliases of a room, for who may read it.
    public List<RoomAlias> aliases(RoomReader.Access access) {
        return store.aliases(access.room().id()).stream().map(DirectoryStore.Entry::alias).toList();
    }

    /// Whether a room is published.
    public boolean isPublished(RoomId room) {
        if (events.room(room).isEmpty()) {
            throw new MatrixError.NotFound("No such room").asException();
        }
        return store.isPublished(room);
    }

    /// Publishes or hides a room: who may set its canonical alias may.
    public void setPublished(
            UserId by, boolean admin, RoomReader.Access access, PowerLevels levels, boolean on) {
        boolean joined = access.visibility().now().filter(Membership.JOIN::equals).isPresent();
        boolean mayName =
                joined && levels.of(by) >= levels.required(EventType.CANONICAL_ALIAS, true);
        if (!admin && !mayName) {
            throw new MatrixError.Forbidden("You may not publish this room").asException();
        }
        RoomId room = access.room().id();
        journal.commit(
                Changes.of(
                        tx -> {
                            store.publish(tx, room, on);
                            return true;
                        }));
    }

    /// Every published room.
    List<DirectoryStore.Published> published() {
        return store.published();
    }
}
