package org.chancery.homeserver.ephemeral;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// The users of this server who are in a room: whom a receipt or somebody typing concerns. Read
/// once
/// and kept for as long as nobody comes or goes.
public final class LocalMembers {
    private static final int ROOMS_MAX = 10_000;

    private record Known(long position, List<UserId> users) {}

    private final Cache<Long, Known> rooms = Caffeine.newBuilder().maximumSize(ROOMS_MAX).build();
    private final RecentEvents recent;
    private final StateStore states;
    private final Journal journal;
    private final ServerName server;

    public LocalMembers(
            RecentEvents recent, StateStore states, Journal journal, ServerName server) {
        this.recent = recent;
        this.states = states;
        this.journal = journal;
        this.server = server;
    }

    /// The room's users of this server.
    public List<UserId> of(RoomRef room) {
        long now = journal.durable();
        Known known = rooms.getIfPresent(room.number());
        if (known != null && known.position >= now) {
            return known.users;
        }
        Known next =
                known != null && unchanged(room, known.position, now)
                        ? new Known(now, known.users)
                        : new Known(now, read(room));
        rooms.put(room.number(), next);
        return next.users;
    }

    /// Whether the user is in the room.
    public boolean isIn(RoomRef room, UserId user) {
        return of(room).contains(user);
    }

    private boolean unchanged(RoomRef room, long after, long upTo) {
        return recent.changes(room, after, upTo).stream()
                .noneMatch(change -> change.key().type().equals("m.room.member"));
    }

    private List<UserId> read(RoomRef room) {
        return states.members(room, Optional.of("join")).stream()
                .map(RoomMembership::user)
                .filter(user -> user.server().equals(server))
                .toList();
    }
}
