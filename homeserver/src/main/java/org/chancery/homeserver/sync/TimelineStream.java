package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.PageToken;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.homeserver.sync.UserRooms.Standing;
import org.chancery.protocol.filter.RoomEventFilter;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The latest events of a room, behind `since` (client-server API, "Syncing"). Read backwards in
/// pages, since the filter and the room's history visibility may leave events out; after a few
/// pages the timeline is limited, and the client reads on by `prev_batch`.
final class TimelineStream {
    private static final int LIMIT_DEFAULT = 10;
    private static final int LIMIT_MAX = 1_000;
    private static final int ROUNDS_MAX = 5;

    private final RecentEvents recent;
    private final StateHistory history;
    private final UserRooms rooms;

    TimelineStream(RecentEvents recent, StateHistory history, UserRooms rooms) {
        this.recent = recent;
        this.history = history;
        this.rooms = rooms;
    }

    /// The numbers of those of the rooms that have new events.
    Set<Long> touched(Span span, Standing standing) {
        Optional<Set<RoomId>> known = span.rooms(Stream.TIMELINE);
        return known.isPresent()
                ? rooms.joined(standing, known.get())
                : history.withEvents(standing.joined(), span.after(), span.position());
    }

    /// The timeline of a room.
    ///
    /// @param visibility what the user may see; empty for one who was there all the time
    /// @param ignored the users of whom the asker wants to hear nothing
    Timeline of(Span span, Stay stay, Optional<RoomVisibility> visibility, Set<UserId> ignored) {
        RoomEventFilter filter = span.filter().room().timeline();
        int limit = filter.limit(LIMIT_DEFAULT, LIMIT_MAX);
        Page page = new Page(EventStore.ordinal(stay.upTo()));
        for (int round = 0; round < ROUNDS_MAX && page.isOpen(limit); round++) {
            read(stay, page, round == 0 ? limit + 1 : 2 * (limit + 1));
            page.candidates.stream()
                    .filter(event -> belongs(event, stay))
                    .filter(event -> visibility.isEmpty() || visibility.get().shows(event))
                    .filter(event -> wanted(filter, event))
                    .filter(event -> !isIgnored(ignored, event))
                    .forEach(page.found::add);
        }
        boolean more = page.found.size() > limit;
        List<StoredEvent> shown = new ArrayList<>(more ? page.found.subList(0, limit) : page.found);
        boolean limited = more || !page.ended || (stay.isNew() && !span.isInitial());
        return new Timeline(shown.reversed(), limited, prevBatch(shown, stay));
    }

    /// Where a page of the room stands, newest first.
    private static final class Page {
        final List<StoredEvent> found = new ArrayList<>();
        List<StoredEvent> candidates = List.of();
        long cursor;
        boolean ended;

        Page(long cursor) {
            this.cursor = cursor;
        }

        boolean isOpen(int limit) {
            return !ended && found.size() <= limit;
        }
    }

    private void read(Stay stay, Page page, int size) {
        Range range = new Range(EventStore.ordinal(stay.after()), page.cursor);
        page.candidates =
                range.after() >= range.upTo() ? List.of() : recent.latest(stay.room(), range, size);
        page.ended = page.candidates.size() < size;
        if (!page.candidates.isEmpty()) {
            page.cursor = page.candidates.getLast().ordinal() - 1;
        }
    }

    /// Whether the event was there at the end of the span, and is news if the client knows the
    /// room.
    private static boolean belongs(StoredEvent event, Stay stay) {
        return event.position() <= stay.upTo()
                && (stay.isNew() || EventFlags.isNews(event.flags()));
    }

    private static boolean wanted(RoomEventFilter filter, StoredEvent event) {
        return filter.isAll()
                || (filter.acceptsRoom(event.room().id())
                        && filter.accepts(event.type(), event.sender(), event.content()));
    }

    /// State events of ignored users are told all the same (client-server API, "Ignoring users").
    private static boolean isIgnored(Set<UserId> ignored, StoredEvent event) {
        return !ignored.isEmpty() && ignored.contains(event.sender()) && !event.isState();
    }

    private static PageToken prevBatch(List<StoredEvent> newestFirst, Stay stay) {
        return newestFirst.isEmpty()
                ? new PageToken(EventStore.ordinal(stay.upTo()))
                : PageToken.before(newestFirst.getLast());
    }
}
