package org.chancery.homeserver.directory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chancery.homeserver.events.Follower;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.RoomStateChange;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.protocol.event.EventType;

/// Counts who is joined to each room, for the list of published rooms.
///
/// It follows the changes of state and not the events, so that a membership which resolution takes
/// away or gives back is counted too.
public final class MemberCounts implements Follower<RoomStateChange> {
    private static final String JOIN = "join";

    private final DirectoryStore store;
    private final StateStore states;

    public MemberCounts(DirectoryStore store, StateStore states) {
        this.store = store;
        this.states = states;
    }

    @Override
    public String name() {
        return "member_counts";
    }

    @Override
    public Optional<Derived> follow(List<RoomStateChange> batch) {
        Map<Long, RoomRef> rooms = new HashMap<>();
        Map<Long, Long> more = new HashMap<>();
        for (RoomStateChange each : batch) {
            if (each.change().key().type().equals(EventType.MEMBER)) {
                rooms.put(each.change().room(), each.room());
                more.merge(each.change().room(), more(each.room(), each.change()), Long::sum);
            }
        }
        more.values().removeIf(count -> count == 0);
        return more.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        tx ->
                                more.forEach(
                                        (room, count) ->
                                                store.countMembers(
                                                        tx,
                                                        Objects.requireNonNull(rooms.get(room)),
                                                        count)));
    }

    /// One more, one less, or as many as before.
    private long more(RoomRef room, StateChange change) {
        boolean was =
                states.at(room, change.key(), change.position() - 1)
                        .flatMap(StateRow::membership)
                        .filter(JOIN::equals)
                        .isPresent();
        boolean is = change.membership().filter(JOIN::equals).isPresent();
        return (is ? 1L : 0L) - (was ? 1L : 0L);
    }
}
