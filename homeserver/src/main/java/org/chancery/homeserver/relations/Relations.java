package org.chancery.homeserver.relations;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.accountdata.IgnoredUsers;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Lists what relates to an event, and the threads of a room (client-server API, "Relationships
/// API" and "Querying threads in a room").
public final class Relations {
    /// The most events of one page.
    public static final int PAGE_MAX = 500;

    /// The most pages that are looked through for one page of visible events.
    private static final int ROUNDS_MAX = 5;

    private final RoomReader reader;
    private final EventStore events;
    private final RelationIndex index;
    private final Aggregations aggregations;
    private final IgnoredUsers ignoredUsers;

    public Relations(RoomReader reader, EventStore events, AccountData data) {
        this.reader = reader;
        this.events = events;
        this.index = events.relations();
        this.aggregations = new Aggregations(events);
        this.ignoredUsers = new IgnoredUsers(data);
    }

    /// A page.
    ///
    /// @param next where the next page begins; empty at the end
    /// @param bundles what relates to its events, by position
    /// @param visibility what the reader was to the room at each of them
    public record Page(
            List<StoredEvent> events,
            OptionalLong next,
            Map<Long, Bundle> bundles,
            RoomVisibility visibility) {}

    /// Which children are asked for.
    ///
    /// @param relation the `rel_type`, if one is asked for
    /// @param event the event type, if one is asked for
    /// @param deep whether children of children are
    /// @param from the ordinal at which to begin
    /// @param to the ordinal at which to stop
    public record Asked(
            Optional<String> relation,
            Optional<String> event,
            boolean deep,
            Direction direction,
            OptionalLong from,
            OptionalLong to,
            int limit) {
        public Asked {
            limit = Math.clamp(limit, 1, PAGE_MAX);
        }
    }

    /// What relates to the event.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if the user may not see the event
    public Page children(UserId user, RoomId room, EventId parent, Asked asked) {
        reader.event(user, room, parent);
        RoomReader.Access access = reader.access(user, room);
        Viewer viewer = viewer(user, access);
        RelationIndex.Wanted wanted =
                new RelationIndex.Wanted(asked.relation, asked.event, viewer.ignored(), asked.deep);
        boolean back = asked.direction == Direction.BACKWARDS;
        List<StoredEvent> found = new ArrayList<>();
        long cursor =
                back
                        ? Math.min(asked.from.orElse(viewer.last()), viewer.last())
                        : asked.from.orElse(Long.MIN_VALUE);
        boolean ended = false;
        for (int round = 0; round < ROUNDS_MAX && !ended; round++) {
            Range range =
                    back
                            ? new Range(asked.to.orElse(Long.MIN_VALUE), cursor)
                            : new Range(
                                    cursor,
                                    Math.min(asked.to.orElse(viewer.last()), viewer.last()));
            List<Long> read =
                    range.after() >= range.upTo()
                            ? List.of()
                            : index.children(
                                    access.room(),
                                    parent,
                                    wanted,
                                    range,
                                    asked.direction,
                                    asked.limit + 1);
            ended = read.size() <= asked.limit;
            for (StoredEvent child : inOrder(read)) {
                if (found.size() == asked.limit) {
                    return page(access, viewer, found, OptionalLong.of(cursor));
                }
                cursor = back ? child.ordinal() - 1 : child.ordinal();
                if (isShown(viewer, child)) {
                    found.add(child);
                }
            }
        }
        OptionalLong next = ended ? OptionalLong.empty() : OptionalLong.of(cursor);
        return page(access, viewer, found, next);
    }

    /// The roots of a room's threads, that of the latest thread first.
    ///
    /// @param participated whether only those in which the user took part are asked for
    /// @param from the position below which the latest events lie
    /// @throws MatrixException `M_FORBIDDEN` if the user may not read the room
    public Page threads(
            UserId user, RoomId room, boolean participated, OptionalLong from, int wanted) {
        RoomReader.Access access = reader.access(user, room);
        Viewer viewer = viewer(user, access);
        int limit = Math.clamp(wanted, 1, PAGE_MAX);
        List<StoredEvent> found = new ArrayList<>();
        Map<Long, Bundle> bundles = new HashMap<>();
        long cursor = from.orElse(Long.MAX_VALUE);
        boolean ended = false;
        for (int round = 0; round < ROUNDS_MAX && !ended; round++) {
            List<Long> latest = index.threads(access.room(), cursor, limit + 1);
            ended = latest.size() <= limit;
            List<Rooted> rooted = roots(inOrder(latest));
            Map<Long, Bundle> told =
                    aggregations.of(viewer, rooted.stream().map(Rooted::root).toList());
            for (Rooted each : rooted) {
                if (found.size() == limit) {
                    return new Page(found, OptionalLong.of(cursor), bundles, access.visibility());
                }
                cursor = each.latest;
                Optional<Bundle> bundle =
                        Optional.ofNullable(told.get(each.root.position()))
                                .filter(it -> isListed(it, participated))
                                .filter(_ -> isRootShown(viewer, each.root));
                if (bundle.isPresent()) {
                    bundles.put(each.root.position(), bundle.get());
                    found.add(each.root);
                }
            }
            cursor = latest.isEmpty() ? cursor : Math.min(cursor, latest.getLast());
        }
        OptionalLong next = ended ? OptionalLong.empty() : OptionalLong.of(cursor);
        return new Page(found, next, bundles, access.visibility());
    }

    /// Of whom the user wants to hear nothing.
    public Set<UserId> ignoredBy(UserId user) {
        return ignoredUsers.of(user);
    }

    /// What relates to events that the user is shown.
    public Map<Long, Bundle> bundles(
            UserId user, RoomReader.Access access, List<StoredEvent> shown) {
        return shown.isEmpty() ? Map.of() : aggregations.of(viewer(user, access), shown);
    }

    private Viewer viewer(UserId user, RoomReader.Access access) {
        return new Viewer(
                user,
                access.room(),
                access.upTo(),
                access.visibility()::shows,
                ignoredUsers.of(user));
    }

    private Page page(
            RoomReader.Access access, Viewer viewer, List<StoredEvent> found, OptionalLong next) {
        return new Page(found, next, aggregations.of(viewer, found), access.visibility());
    }

    /// A thread by the position of its latest event.
    private record Rooted(long latest, StoredEvent root) {}

    /// The roots that are here, of threads by their latest events.
    private List<Rooted> roots(List<StoredEvent> latest) {
        List<Rooted> roots = new ArrayList<>();
        for (StoredEvent event : latest) {
            Relation.of(event.content())
                    .flatMap(relation -> events.event(relation.parent()))
                    .filter(root -> root.room().number() == event.room().number())
                    .ifPresent(root -> roots.add(new Rooted(event.position(), root)));
        }
        return roots;
    }

    private static boolean isListed(Bundle bundle, boolean participated) {
        return bundle.thread().filter(it -> !participated || it.participated()).isPresent();
    }

    private static boolean isShown(Viewer viewer, StoredEvent event) {
        return EventFlags.isShown(event.flags()) && viewer.shows().test(event);
    }

    private static boolean isRootShown(Viewer viewer, StoredEvent root) {
        return root.position() <= viewer.upTo() && isShown(viewer, root);
    }

    /// The events at the positions, in the order of the positions.
    private List<StoredEvent> inOrder(List<Long> positions) {
        Map<Long, StoredEvent> loaded = new HashMap<>();
        events.events(positions).forEach(event -> loaded.put(event.position(), event));
        return positions.stream().map(loaded::get).filter(Objects::nonNull).toList();
    }
}
