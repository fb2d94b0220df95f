package org.chancery.homeserver.events;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;

/// Which events relate to which. The [EventStore] keeps it: a relation is written with its event
/// and
/// goes with the event's redaction. An event that relates to nothing costs it nothing.
///
/// A parent may be unknown yet. Ranges and bounds are ordinals; what is answered are positions.
public interface RelationIndex {
    /// The most ignored users that a read leaves out.
    int IGNORED_MAX = 512;

    /// How many children a parent has by one type of relation.
    ///
    /// @param latest the position of the last of them
    record Group(EventId parent, String type, long count, long latest) {}

    /// Which children are wanted.
    ///
    /// @param relation the `rel_type`, if one is asked for
    /// @param event the event type, if one is asked for
    /// @param without users whose events are left out, see [#IGNORED_MAX]
    /// @param deep whether children of children are wanted, down to [#DEPTH]
    record Wanted(
            Optional<String> relation, Optional<String> event, Set<UserId> without, boolean deep) {
        /// Every child of one kind.
        public static Wanted of(String relation, Set<UserId> without) {
            return new Wanted(Optional.of(relation), Optional.empty(), without, false);
        }
    }

    /// How many relations away from the parent a deep read goes.
    int DEPTH = 3;

    /// The groups that the parents have among these types.
    List<Group> groups(
            RoomRef room,
            Collection<EventId> parents,
            Collection<String> types,
            long upTo,
            Set<UserId> without);

    /// Children of an event in the order of the direction.
    List<Long> children(
            RoomRef room,
            EventId parent,
            Wanted wanted,
            Range range,
            Direction direction,
            int limit);

    /// What may replace an event of this sender and type, the most recent first by
    /// `origin_server_ts`.
    List<Long> replacements(
            RoomRef room, EventId parent, UserId sender, String type, long upTo, int limit);

    /// Those of the parents of which the user has sent a child of that kind.
    Set<EventId> withChildrenOf(
            RoomRef room, Collection<EventId> parents, String relation, UserId sender);

    /// Whether there is such an annotation.
    boolean isAnnotated(RoomRef room, EventId parent, UserId sender, String type, String key);

    /// The latest event of each thread of a room, of the latest thread first.
    ///
    /// @param before the position below which they lie
    List<Long> threads(RoomRef room, long before, int limit);
}
