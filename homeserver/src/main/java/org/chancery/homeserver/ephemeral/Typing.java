package org.chancery.homeserver.ephemeral;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Who is typing where (client-server API, "Typing notifications"). In memory; each change of a
/// room's list takes a count, wakes the room's members, and clients get the whole list.
///
/// A client that forgets to say that its user stopped is helped after at most half a minute, by
/// [#expire], which somebody must call about once a second.
public final class Typing {
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);
    private static final int ROOMS_MAX = 50_000;

    private record Room(
            RoomId id, long changed, List<UserId> audience, Map<UserId, Instant> typing) {}

    private final EventStore events;
    private final LocalMembers members;
    private final EphemeralCount count;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    /// The room that changed last stands last.
    private final LinkedHashMap<RoomId, Room> rooms = new LinkedHashMap<>();

    public Typing(
            EventStore events,
            LocalMembers members,
            EphemeralCount count,
            Wakeups wakeups,
            InstantSource clock) {
        this.events = events;
        this.members = members;
        this.count = count;
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /// The user is typing for that long, unless more is heard.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if not in the room
    public void start(UserId user, RoomId room, Duration timeout) {
        Duration bounded = timeout.compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : timeout;
        set(user, room, Optional.of(clock.instant().plus(bounded)));
    }

    /// The user has stopped.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if not in the room
    public void stop(UserId user, RoomId room) {
        set(user, room, Optional.empty());
    }

    /// The rooms whose lists changed after `since` and in which the user was then.
    public List<RoomId> changed(UserId user, long since) {
        if (count.last() <= since) {
            return List.of();
        }
        lock.lock();
        try {
            List<RoomId> changed = new ArrayList<>();
            for (Room room : rooms.sequencedValues().reversed()) {
                if (room.changed <= since) {
                    break;
                }
                if (room.audience.contains(user)) {
                    changed.add(room.id);
                }
            }
            return changed;
        } finally {
            lock.unlock();
        }
    }

    /// Who is typing in the room.
    public List<UserId> in(RoomId room) {
        lock.lock();
        try {
            Room known = rooms.get(room);
            return known == null ? List.of() : List.copyOf(known.typing.keySet());
        } finally {
            lock.unlock();
        }
    }

    /// Takes away those of whom nothing was heard for too long.
    public void expire() {
        Instant now = clock.instant();
        List<UserId> touched = new ArrayList<>();
        lock.lock();
        try {
            for (Room room : List.copyOf(rooms.values())) {
                Map<UserId, Instant> typing = new LinkedHashMap<>(room.typing);
                if (typing.values().removeIf(until -> !until.isAfter(now))) {
                    change(room.id, room.audience, typing);
                    touched.addAll(room.audience);
                }
            }
        } finally {
            lock.unlock();
        }
        wakeups.wake(touched);
    }

    private void set(UserId user, RoomId id, Optional<Instant> until) {
        List<UserId> audience = audience(user, id);
        boolean changed;
        lock.lock();
        try {
            Room room = rooms.get(id);
            Map<UserId, Instant> typing =
                    room == null ? new HashMap<>() : new LinkedHashMap<>(room.typing);
            boolean was = typing.containsKey(user);
            until.ifPresentOrElse(it -> typing.put(user, it), () -> typing.remove(user));
            changed = was != until.isPresent();
            if (changed) {
                change(id, audience, typing);
            } else if (room != null) {
                rooms.put(id, new Room(id, room.changed, room.audience, typing));
            }
        } finally {
            lock.unlock();
        }
        if (changed) {
            wakeups.wake(audience);
        }
    }

    private List<UserId> audience(UserId user, RoomId id) {
        RoomRef room =
                events.room(id)
                        .filter(it -> members.isIn(it, user))
                        .orElseThrow(
                                () ->
                                        new MatrixError.Forbidden("You are not in this room")
                                                .asException());
        return members.of(room);
    }

    private void change(RoomId id, Collection<UserId> audience, Map<UserId, Instant> typing) {
        rooms.remove(id);
        rooms.putLast(id, new Room(id, count.next(), List.copyOf(audience), typing));
        if (rooms.size() > ROOMS_MAX) {
            rooms.pollFirstEntry();
        }
    }
}
