package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.sync.Stay.Section;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;

/// Chooses the rooms of an answer (client-server API, "Syncing"): at the first sync all in which
/// the
/// user is, or is invited, or knocks; later those with news. The filter's choice of rooms comes
/// first, so that a room left out costs nothing.
final class Stays {
    private final EventStore events;
    private final StateStore states;

    Stays(EventStore events, StateStore states) {
        this.events = events;
        this.states = states;
    }

    /// The stays to be told of.
    ///
    /// @param touched the numbers of the joined rooms with news besides memberships
    List<Stay> of(Span span, UserRooms.Standing standing, Set<Long> touched) {
        Map<Long, List<RoomMembership>> changes = byRoom(standing.changes());
        boolean all = span.isInitial() || span.request().fullState();
        Set<Long> wanted = new HashSet<>(all ? standing.now().keySet() : touched);
        wanted.addAll(changes.keySet());
        Set<Long> gone = span.isInitial() ? goneForGood(span, standing) : Set.of();
        List<Stay> stays = new ArrayList<>();
        for (Long number : wanted) {
            RoomMembership now = standing.now().get(number);
            if (now != null
                    && !gone.contains(number)
                    && span.filter().room().acceptsRoom(now.room().id())) {
                stay(span, now, changes.getOrDefault(number, List.of())).ifPresent(stays::add);
            }
        }
        return stays;
    }

    private Optional<Stay> stay(Span span, RoomMembership now, List<RoomMembership> changes) {
        boolean told = span.isInitial() || span.request().fullState() || !changes.isEmpty();
        return switch (now.membership()) {
            case "join" -> Optional.of(joined(span, now, changes));
            case "invite" -> told ? Optional.of(bare(Section.INVITE, now)) : Optional.empty();
            case "knock" -> told ? Optional.of(bare(Section.KNOCK, now)) : Optional.empty();
            case "leave", "ban" ->
                    span.isInitial() || !changes.isEmpty()
                            ? Optional.of(left(span, now, changes))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Stay joined(Span span, RoomMembership now, List<RoomMembership> changes) {
        boolean stayed =
                !span.isInitial()
                        && changes.stream().allMatch(RoomMembership::isJoined)
                        && (changes.isEmpty() || wasJoined(span, now.room()));
        return new Stay(
                Section.JOIN,
                now,
                stayed ? span.after() : 0,
                span.position(),
                !stayed || span.request().fullState(),
                stayed,
                span.position());
    }

    private static Stay bare(Section section, RoomMembership now) {
        return new Stay(section, now, 0, now.position(), false, false, 0);
    }

    private Stay left(Span span, RoomMembership now, List<RoomMembership> changes) {
        boolean wasJoined = !span.isInitial() && wasJoined(span, now.room());
        List<RoomMembership> steps = span.isInitial() ? history(now) : changes;
        long inUntil = inUntil(wasJoined, steps);
        boolean isNew = !wasJoined && inUntil > 0;
        return new Stay(
                Section.LEAVE,
                now,
                isNew ? 0 : span.after(),
                now.position(),
                isNew,
                false,
                inUntil);
    }

    /// Where the user was last put out of the room or left it; zero if he was not in.
    private static long inUntil(boolean wasJoined, List<RoomMembership> steps) {
        boolean in = wasJoined;
        long until = 0;
        for (RoomMembership step : steps) {
            if (in && !step.isJoined()) {
                until = step.position();
            }
            in = step.isJoined();
        }
        return until;
    }

    private List<RoomMembership> history(RoomMembership now) {
        return states.history(now.room(), StateKey.member(now.user())).stream()
                .filter(change -> change.position() <= now.position())
                .map(
                        change ->
                                new RoomMembership(
                                        now.room(),
                                        now.user(),
                                        change.membership().orElse("leave"),
                                        change.position()))
                .toList();
    }

    private boolean wasJoined(Span span, RoomRef room) {
        return states.at(room, StateKey.member(span.user()), span.after())
                .flatMap(StateRow::membership)
                .filter("join"::equals)
                .isPresent();
    }

    /// The rooms left that a first sync does not tell of: the forgotten, and those that the user
    /// left by himself unless the filter wants them. Who was put out is told so.
    private Set<Long> goneForGood(Span span, UserRooms.Standing standing) {
        Set<Long> gone = new HashSet<>();
        Map<Long, Long> byPosition = new HashMap<>();
        standing.now()
                .forEach(
                        (room, membership) -> {
                            if (membership.membership().equals("leave")) {
                                byPosition.put(membership.position(), room);
                            }
                        });
        if (!span.filter().room().includeLeave()) {
            List<StoredEvent> leaves = EventLoad.at(events, byPosition.keySet());
            UserId user = span.user();
            for (StoredEvent leave : leaves) {
                if (leave.sender().equals(user)) {
                    gone.add(byPosition.get(leave.position()));
                }
            }
        }
        gone.addAll(states.forgotten(span.user()));
        return gone;
    }

    private static Map<Long, List<RoomMembership>> byRoom(List<RoomMembership> changes) {
        Map<Long, List<RoomMembership>> byRoom = new HashMap<>();
        for (RoomMembership change : changes) {
            byRoom.computeIfAbsent(change.room().number(), _ -> new ArrayList<>()).add(change);
        }
        return byRoom;
    }
}
