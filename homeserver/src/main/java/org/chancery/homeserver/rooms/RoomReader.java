package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// What a user may read of a room (client-server API, "Getting events for a room").
///
/// Who is in the room reads it as it is now; who has left, as it was then; a stranger only a room
/// that the world may read. Nobody else: there is no reading past these rules, for no role.
public final class RoomReader {
    /// The most events of one page.
    public static final int PAGE_MAX = 1_000;

    /// The most pages that are looked through for one page of visible events.
    private static final int ROUNDS_MAX = 5;

    private final EventStore events;
    private final StateStore states;
    private final Journal journal;

    public RoomReader(RoomWriter.Stores stores) {
        this.events = stores.events();
        this.states = stores.states();
        this.journal = stores.journal();
    }

    /// A room as one user may read it.
    ///
    /// @param upTo the position up to which he may: now, or when he left
    public record Access(RoomRef room, RoomVisibility visibility, long upTo) {}

    /// A part of a room.
    ///
    /// @param start the ordinal at which the reading began
    /// @param end the ordinal from which to read on; empty at the end of the room
    public record Page(List<StoredEvent> events, long start, OptionalLong end) {}

    /// An event and what was said around it.
    ///
    /// @param state the state of the room at the last of the events
    public record Context(StoredEvent event, Page before, Page after, List<StoredEvent> state) {}

    /// Lets a user in to read.
    ///
    /// @throws MatrixException `M_FORBIDDEN` where he may not, or there is no such room
    public Access access(UserId user, RoomId id) {
        RoomRef room = events.room(id).orElseThrow(RoomReader::notIn);
        RoomVisibility visibility = RoomVisibility.of(events, states, room, user);
        Membership now = visibility.now().orElse(Membership.LEAVE);
        boolean wasIn = visibility.now().isPresent();
        if (now == Membership.JOIN || visibility.isWorldReadable()) {
            return new Access(room, visibility, journal.durable());
        }
        boolean left = now == Membership.LEAVE || now == Membership.BAN;
        if (wasIn && left && visibility.before(visibility.since()) == Membership.JOIN) {
            return new Access(room, visibility, visibility.since());
        }
        throw notIn();
    }

    /// One event.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if there is none that the user may see
    public StoredEvent event(UserId user, RoomId room, EventId id) {
        Access access;
        try {
            access = access(user, room);
        } catch (MatrixException e) {
            throw noEvent();
        }
        return event(access, id);
    }

    private StoredEvent event(Access access, EventId id) {
        return events.event(id)
                .filter(event -> event.room().number() == access.room().number())
                .filter(event -> EventFlags.isShown(event.flags()))
                .filter(access.visibility()::shows)
                .orElseThrow(RoomReader::noEvent);
    }

    /// The state of the room.
    public List<StoredEvent> state(UserId user, RoomId room) {
        Access access = access(user, room);
        return load(states.at(access.room(), access.upTo()));
    }

    /// One entry of the state of the room.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if it is not set
    public StoredEvent state(UserId user, RoomId room, StateKey key) {
        Access access = access(user, room);
        StateRow row =
                states.at(access.room(), key, access.upTo())
                        .orElseThrow(
                                () ->
                                        new MatrixError.NotFound("The room has no such state")
                                                .asException());
        return events.events(List.of(row.event().position())).getFirst();
    }

    /// The membership events of the room.
    ///
    /// @param at the position at which to look, if not as late as the user may
    /// @param wanted by their `membership`
    public List<StoredEvent> members(
            UserId user, RoomId room, OptionalLong at, Predicate<String> wanted) {
        Access access = access(user, room);
        long position = Math.min(at.orElse(access.upTo()), access.upTo());
        List<StateRow> members =
                states.at(access.room(), position).stream()
                        .filter(row -> row.key().type().equals("m.room.member"))
                        .filter(row -> row.membership().filter(wanted).isPresent())
                        .toList();
        return load(members);
    }

    /// The membership events of those who are in the room now; only for those who are in it.
    public List<StoredEvent> joined(UserId user, RoomId room) {
        Access access = access(user, room);
        if (access.visibility().now().filter(Membership.JOIN::equals).isEmpty()) {
            throw notIn();
        }
        return members(user, room, OptionalLong.empty(), "join"::equals);
    }

    /// The power levels in force.
    public PowerLevels powerLevels(RoomRef room) {
        return PowerLevels.of(
                room.version(), pdu(room, StateKey.POWER_LEVELS), pdu(room, StateKey.CREATE));
    }

    private @Nullable Pdu pdu(RoomRef room, StateKey key) {
        return states.current(room, key)
                .map(row -> events.pdus(List.of(row.event().position())).getFirst())
                .orElse(null);
    }

    /// The rooms that the user is in.
    public List<RoomId> joinedRooms(UserId user) {
        return states.rooms(user, journal.durable()).stream()
                .filter(RoomMembership::isJoined)
                .map(membership -> membership.room().id())
                .toList();
    }

    /// Reads on from `from`, skipping what the user may not see and what `wanted` leaves out.
    ///
    /// @param from the ordinal at which to begin; the end that lies in the other direction if empty
    /// @param to the ordinal at which to stop
    public Page messages(
            Access access, Direction direction, OptionalLong from, OptionalLong to, Wanted wanted) {
        long last = EventStore.ordinal(access.upTo());
        boolean back = direction == Direction.BACKWARDS;
        long start = Math.min(from.orElse(back ? last : Long.MIN_VALUE), last);
        List<StoredEvent> found = new ArrayList<>();
        long cursor = start;
        for (int round = 0; round < ROUNDS_MAX; round++) {
            Range range =
                    back
                            ? new Range(to.orElse(Long.MIN_VALUE), cursor)
                            : new Range(cursor, Math.min(to.orElse(last), last));
            List<StoredEvent> page =
                    range.after() >= range.upTo()
                            ? List.of()
                            : events.read(access.room(), range, direction, wanted.limit());
            for (StoredEvent event : page) {
                cursor = back ? event.ordinal() - 1 : event.ordinal();
                if (access.visibility().shows(event) && wanted.filter().test(event)) {
                    found.add(event);
                    if (found.size() == wanted.limit()) {
                        return new Page(found, start, OptionalLong.of(cursor));
                    }
                }
            }
            if (page.size() < wanted.limit()) {
                return new Page(found, start, OptionalLong.empty());
            }
        }
        return new Page(found, start, OptionalLong.of(cursor));
    }

    /// Which events are wanted, and how many.
    public record Wanted(int limit, Predicate<StoredEvent> filter) {
        public Wanted {
            limit = Math.clamp(limit, 0, PAGE_MAX);
        }
    }

    /// An event with those before and after it, together at most as many as are wanted.
    public Context context(UserId user, RoomId room, EventId id, Wanted wanted) {
        Access access = access(user, room);
        StoredEvent event = event(access, id);
        int first = wanted.limit() / 2;
        Wanted earlier = new Wanted(first, wanted.filter());
        Wanted later = new Wanted(wanted.limit() - first, wanted.filter());
        Page before = beside(access, Direction.BACKWARDS, event.ordinal() - 1, earlier);
        Page after = beside(access, Direction.FORWARDS, event.ordinal(), later);
        long last =
                after.events().isEmpty() ? event.position() : after.events().getLast().position();
        return new Context(event, before, after, load(states.at(access.room(), last)));
    }

    /// Events next to another one, the nearest first.
    public record Beside(List<StoredEvent> before, List<StoredEvent> after) {}

    /// At most so many events before and after one that the user may see.
    public Beside beside(Access access, StoredEvent event, int before, int after) {
        Wanted earlier = new Wanted(before, _ -> true);
        Wanted later = new Wanted(after, _ -> true);
        return new Beside(
                beside(access, Direction.BACKWARDS, event.ordinal() - 1, earlier).events(),
                beside(access, Direction.FORWARDS, event.ordinal(), later).events());
    }

    private Page beside(Access access, Direction direction, long from, Wanted wanted) {
        OptionalLong start = OptionalLong.of(from);
        return wanted.limit() == 0
                ? new Page(List.of(), from, start)
                : messages(access, direction, start, OptionalLong.empty(), wanted);
    }

    /// The events behind entries of the state.
    public List<StoredEvent> load(List<StateRow> rows) {
        List<Long> positions = rows.stream().map(row -> row.event().position()).toList();
        List<StoredEvent> loaded = new ArrayList<>(rows.size());
        for (int i = 0; i < positions.size(); i += PAGE_MAX) {
            loaded.addAll(
                    events.events(positions.subList(i, Math.min(i + PAGE_MAX, positions.size()))));
        }
        return loaded;
    }

    /// The membership events of some users, as late as the reader may look.
    public List<StoredEvent> memberEvents(Access access, Collection<UserId> users) {
        List<StateRow> rows = new ArrayList<>();
        for (UserId user : users) {
            states.at(access.room(), StateKey.member(user), access.upTo()).ifPresent(rows::add);
        }
        return load(rows);
    }

    private static MatrixException notIn() {
        return new MatrixError.Forbidden("You are not in this room").asException();
    }

    private static MatrixException noEvent() {
        return new MatrixError.NotFound("No such event").asException();
    }
}
