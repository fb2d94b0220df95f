package org.chancery.homeserver.sync;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;

/// Whose devices a client must look up again, and whose it may forget (client-server API,
/// "Extensions to /sync" of end-to-end encryption). Whom this stream forgets, clients encrypt to no
/// more; so in doubt a user is named, as that costs a look-up only.
///
/// *Changed* are users whose keys changed and who share a room with the asker now, the asker
/// himself likewise, everyone in a room that he has joined, and everyone who has joined one of his.
/// *Left* are users who were with him in a room and share none with him any more.
final class DeviceListStream {
    /// From this many on, who shares a room is found by reading the asker's rooms, not theirs.
    private static final int MANY = 64;

    private final DeviceLists lists;
    private final RecentEvents recent;
    private final StateStore states;
    private final UserRooms rooms;

    DeviceListStream(DeviceLists lists, RecentEvents recent, StateStore states, UserRooms rooms) {
        this.recent = recent;
        this.lists = lists;
        this.states = states;
        this.rooms = rooms;
    }

    /// What changed within the span. A first sync tells nothing, as the client knows nobody.
    ///
    /// @param standing the asker's memberships
    /// @param touched the rooms, by number, whose timelines may have changed
    /// @param read the changes of the state within the span, of rooms in which the asker stayed, so
    ///     far as they have been read already
    DeviceListChanges of(
            Span span,
            UserRooms.Standing standing,
            Set<Long> touched,
            Map<Long, List<StateChange>> read) {
        if (span.isInitial()) {
            return DeviceListChanges.NONE;
        }
        Moves moves = new Moves(new HashSet<>(), new HashSet<>());
        Set<Long> moved = new HashSet<>();
        standing.changes().forEach(change -> moved.add(change.room().number()));
        for (Long room : moved) {
            RoomMembership now = standing.now().get(room);
            if (now != null) {
                ownMove(span, now, moves);
            }
        }
        for (Long room : touched) {
            RoomMembership now = standing.now().get(room);
            if (now != null && now.isJoined() && !moved.contains(room)) {
                List<StateChange> known = read.get(room);
                othersMoves(
                        span, now.room(), known == null ? changes(span, now.room()) : known, moves);
            }
        }
        return result(span, standing, moves);
    }

    /// Who has come into a room of the asker's, and who has gone from one.
    private record Moves(Set<UserId> came, Set<UserId> went) {}

    private DeviceListChanges result(Span span, UserRooms.Standing standing, Moves moves) {
        Set<UserId> changed = new HashSet<>(moves.came);
        moves.went.remove(span.user());
        changed.remove(span.user());
        changed.addAll(changedKeys(span, standing));
        Set<UserId> left =
                moves.went.isEmpty() ? Set.of() : strangers(span, standing.joined(), moves.went);
        changed.removeAll(left);
        return new DeviceListChanges(Set.copyOf(changed), left);
    }

    /// Whoever was out of the asker's rooms for a while was not touched by what changed meanwhile,
    /// so
    /// a move of his own makes him ask.
    private Set<UserId> changedKeys(Span span, UserRooms.Standing standing) {
        if (!span.mayHave(Stream.DEVICE_LISTS) && standing.changes().isEmpty()) {
            return Set.of();
        }
        UserId user = span.user();
        Set<UserId> changed = new HashSet<>(lists.changed(span.after(), span.position()));
        boolean own = changed.remove(user);
        if (!changed.isEmpty()) {
            changed.removeAll(strangers(span, standing.joined(), changed));
        }
        changed.addAll(lists.changedFor(user, span.after(), span.position()));
        if (own) {
            changed.add(user);
        }
        return changed;
    }

    /// The asker has come into a room or gone from it, or both, or has only changed his name.
    private void ownMove(Span span, RoomMembership now, Moves moves) {
        RoomRef room = now.room();
        boolean wasIn = isJoinedAt(room, StateKey.member(span.user()), span.after());
        if (wasIn) {
            othersMoves(span, room, changes(span, room), moves);
        } else if (now.isJoined()) {
            moves.came.addAll(joined(room));
        }
        if (wasIn && !now.isJoined()) {
            moves.went.addAll(joined(room));
        }
    }

    /// Others have come or gone while the asker was in the room. Who only changed his name has not;
    /// who was out for a while may have new keys.
    private void othersMoves(Span span, RoomRef room, List<StateChange> changes, Moves moves) {
        Map<StateKey, StateChange> last = new HashMap<>();
        Set<StateKey> wereOut = new HashSet<>();
        for (StateChange change : changes) {
            if (change.key().type().equals(EventType.MEMBER)) {
                last.put(change.key(), change);
                if (!isJoin(change)) {
                    wereOut.add(change.key());
                }
            }
        }
        last.forEach(
                (key, change) -> {
                    boolean wasIn = isJoinedAt(room, key, span.after());
                    if (isJoin(change) && (!wasIn || wereOut.contains(key))) {
                        user(key).ifPresent(moves.came::add);
                    } else if (!isJoin(change) && wasIn) {
                        user(key).ifPresent(moves.went::add);
                    }
                });
    }

    private static boolean isJoin(StateChange change) {
        return change.membership().filter("join"::equals).isPresent();
    }

    private List<StateChange> changes(Span span, RoomRef room) {
        return recent.changes(room, span.after(), span.position());
    }

    private boolean isJoinedAt(RoomRef room, StateKey key, long position) {
        return states.at(room, key, position)
                .flatMap(StateRow::membership)
                .filter("join"::equals)
                .isPresent();
    }

    private List<UserId> joined(RoomRef room) {
        return states.members(room, Optional.of("join")).stream()
                .map(RoomMembership::user)
                .toList();
    }

    /// Those of the users who share no room with the asker.
    ///
    /// @param own the numbers of the asker's rooms
    private Set<UserId> strangers(Span span, Set<Long> own, Collection<UserId> users) {
        Set<UserId> strangers = new HashSet<>(users);
        if (users.size() > MANY) {
            strangers.removeAll(states.peers(span.user()));
        } else {
            strangers.removeIf(user -> sharesOneOf(own, user, span.position()));
        }
        return Set.copyOf(strangers);
    }

    private boolean sharesOneOf(Set<Long> own, UserId user, long position) {
        return rooms.joined(user, position).stream().anyMatch(own::contains);
    }

    private static Optional<UserId> user(StateKey key) {
        try {
            return Optional.of(UserId.parse(key.key()));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
