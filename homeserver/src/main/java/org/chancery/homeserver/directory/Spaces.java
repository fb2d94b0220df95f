package org.chancery.homeserver.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Walks the rooms of spaces, depth first (client-server API, "Discovering rooms within spaces").
///
/// A page is found by walking from the root again; the walk has a bound, and a room that was told
/// of ends a loop.
public final class Spaces {
    /// The most rooms of one page.
    public static final int PAGE_MAX = 100;

    /// How deep a walk goes if nothing is asked.
    public static final int DEPTH_MAX = 20;

    private static final String SPACE = "m.space";
    private static final int WALK_MAX = 2_000;
    private static final int CHILDREN_MAX = 500;
    private static final Pattern ORDER = Pattern.compile("[\\x20-\\x7e]{1,50}");

    private static final Comparator<StoredEvent> IN_ORDER =
            Comparator.comparing((StoredEvent child) -> order(child).isEmpty())
                    .thenComparing(child -> order(child).orElse(""))
                    .thenComparingLong(StoredEvent::originServerTs)
                    .thenComparing(child -> child.stateKey().orElse(""));

    private final RoomSummaries summaries;
    private final EventStore events;
    private final StateHistory history;

    public Spaces(RoomSummaries summaries, EventStore events, StateHistory history) {
        this.summaries = summaries;
        this.events = events;
        this.history = history;
    }

    /// How to walk.
    ///
    /// @param suggestedOnly whether only suggested rooms count
    /// @param depth how many spaces below the root to go
    public record Walk(boolean suggestedOnly, int depth) {}

    /// A room with the children that it names, in order.
    public record Node(RoomSummaries.Summary summary, List<StoredEvent> children) {
        public Node {
            children = List.copyOf(children);
        }
    }

    /// A part of the walk.
    ///
    /// @param next how many rooms lie before the next page; empty at the end
    public record Page(List<Node> rooms, OptionalInt next) {
        public Page {
            rooms = List.copyOf(rooms);
        }
    }

    private record Place(RoomId room, int depth) {}

    /// The rooms behind the first `skip` of the walk.
    ///
    /// @throws MatrixException `M_FORBIDDEN` if the user may not know of the root
    public Page page(UserId user, RoomId root, Walk walk, int skip, int limit) {
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(root, 0));
        Set<RoomId> seen = new HashSet<>();
        List<Node> page = new ArrayList<>();
        int told = 0;
        while (!open.isEmpty() && seen.size() < WALK_MAX) {
            Place place = open.pop();
            if (!seen.add(place.room)) {
                continue;
            }
            Optional<RoomSummaries.Summary> summary = summaries.find(user, place.room);
            if (summary.isEmpty()) {
                if (place.depth == 0) {
                    throw new MatrixError.Forbidden("You may not view this room").asException();
                }
                continue;
            }
            List<StoredEvent> children = children(summary.get(), walk);
            if (told >= skip) {
                if (page.size() == limit) {
                    return new Page(page, OptionalInt.of(told));
                }
                page.add(new Node(summary.get(), children));
            }
            told++;
            if (place.depth < walk.depth) {
                children.reversed().forEach(child -> push(open, child, place.depth + 1));
            }
        }
        return new Page(page, OptionalInt.empty());
    }

    private static void push(Deque<Place> open, StoredEvent child, int depth) {
        try {
            open.push(new Place(RoomId.parse(child.stateKey().orElseThrow()), depth));
        } catch (MalformedId e) {
            return; // It names no room; its space shows it, nobody can follow it.
        }
    }

    private List<StoredEvent> children(RoomSummaries.Summary summary, Walk walk) {
        if (summary.type().filter(SPACE::equals).isEmpty()) {
            return List.of();
        }
        RoomRef space = summary.room();
        List<Long> positions =
                history.withoutMembers(space).stream()
                        .filter(entry -> entry.key().type().equals(EventType.SPACE_CHILD))
                        .map(StateHistory.Entry::event)
                        .limit(CHILDREN_MAX)
                        .toList();
        return (positions.isEmpty() ? List.<StoredEvent>of() : events.events(positions))
                .stream()
                        .filter(Spaces::isValid)
                        .filter(it -> !walk.suggestedOnly || it.content().isTrue("suggested"))
                        .sorted(IN_ORDER)
                        .toList();
    }

    /// A child without `via` was taken out of the space.
    private static boolean isValid(StoredEvent child) {
        return child.content().array("via").filter(via -> !via.isEmpty()).isPresent();
    }

    private static Optional<String> order(StoredEvent child) {
        return child.content().string("order").filter(it -> ORDER.matcher(it).matches());
    }
}
