package org.chancery.homeserver.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Looks for words in the rooms of a user that are not encrypted (client-server API, "Server Side
/// Search").
///
/// There is no index of words: it reads back from the newest event, all rooms side by side, and
/// stops after a bounded number of events. Where it stopped is the next page's beginning, so
/// whoever reads on finds everything, and each request costs little.
public final class EventSearch {
    /// The most results of one page.
    public static final int PAGE_MAX = 100;

    private static final int ROOMS_MAX = 500;
    private static final int EVENTS_MAX = 10_000;
    private static final int PORTION = 50;

    private final RoomReader reader;
    private final EventStore events;
    private final StateStore states;
    private final Journal journal;

    public EventSearch(RoomReader reader, EventStore events, StateStore states, Journal journal) {
        this.reader = reader;
        this.events = events;
        this.states = states;
        this.journal = journal;
    }

    /// Where words are looked for.
    public enum Key {
        BODY,
        NAME,
        TOPIC
    }

    /// What is looked for.
    ///
    /// @param words all of which must stand there, as beginnings of words
    /// @param rooms which rooms to look into
    /// @param wanted which events count
    /// @param before the ordinal below which to look; empty for the newest
    public record Asked(
            List<String> words,
            List<Key> keys,
            Predicate<RoomId> rooms,
            Predicate<StoredEvent> wanted,
            OptionalLong before,
            int limit) {
        public Asked {
            words = List.copyOf(words);
            keys = List.copyOf(keys);
            limit = Math.clamp(limit, 1, PAGE_MAX);
        }
    }

    /// An event that matches.
    ///
    /// @param rank the share of the asked words in all words of the text: the closer the higher
    public record Hit(StoredEvent event, RoomReader.Access access, double rank) {}

    /// A page, the newest first.
    ///
    /// @param next where the next page begins; empty when all was looked at
    public record Page(List<Hit> hits, OptionalLong next) {
        public Page {
            hits = List.copyOf(hits);
        }
    }

    /// Looks on from where the asked page begins.
    public Page find(UserId user, Asked asked) {
        if (asked.words.isEmpty()) {
            return new Page(List.of(), OptionalLong.empty());
        }
        Comparator<Cursor> newestFirst =
                Comparator.comparingLong((Cursor cursor) -> -cursor.next().ordinal());
        PriorityQueue<Cursor> open = new PriorityQueue<>(newestFirst);
        cursors(user, asked).filter(Cursor::fill).forEach(open::add);
        List<Hit> hits = new ArrayList<>();
        long last = asked.before.orElse(Long.MAX_VALUE);
        for (int looked = 0; looked < EVENTS_MAX && !open.isEmpty(); looked++) {
            if (hits.size() == asked.limit) {
                return new Page(hits, OptionalLong.of(last));
            }
            Cursor cursor = open.remove();
            StoredEvent event = cursor.take();
            last = event.ordinal();
            double rank = rank(event, asked);
            if (rank > 0 && asked.wanted.test(event) && cursor.access.visibility().shows(event)) {
                hits.add(new Hit(event, cursor.access, rank));
            }
            if (cursor.fill()) {
                open.add(cursor);
            }
        }
        return new Page(hits, open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(last));
    }

    private Stream<Cursor> cursors(UserId user, Asked asked) {
        StateKey encryption = new StateKey(EventType.ENCRYPTION, "");
        return states.rooms(user, journal.durable()).stream()
                .map(RoomMembership::room)
                .filter(room -> asked.rooms.test(room.id()))
                .filter(room -> states.current(room, encryption).isEmpty())
                .limit(ROOMS_MAX)
                .flatMap(room -> access(user, room.id()))
                .map(access -> new Cursor(access, asked.before));
    }

    private Stream<RoomReader.Access> access(UserId user, RoomId room) {
        try {
            return Stream.of(reader.access(user, room));
        } catch (MatrixException e) {
            return Stream.empty(); // An invitation, or a room of which he saw nothing.
        }
    }

    /// A room, read back in portions.
    private final class Cursor {
        final RoomReader.Access access;
        private final Deque<StoredEvent> read = new ArrayDeque<>();
        private long upTo;
        private boolean ended;

        Cursor(RoomReader.Access access, OptionalLong before) {
            this.access = access;
            long last = EventStore.ordinal(access.upTo());
            this.upTo = Math.min(last, before.isPresent() ? before.getAsLong() - 1 : last);
        }

        StoredEvent next() {
            return read.getFirst();
        }

        StoredEvent take() {
            return read.removeFirst();
        }

        /// Whether there is another event, read if need be.
        boolean fill() {
            if (read.isEmpty() && !ended) {
                Range range = new Range(Long.MIN_VALUE, upTo);
                List<StoredEvent> portion =
                        events.read(access.room(), range, Direction.BACKWARDS, PORTION);
                ended = portion.size() < PORTION;
                read.addAll(portion);
                if (!portion.isEmpty()) {
                    upTo = portion.getLast().ordinal() - 1;
                }
            }
            return !read.isEmpty();
        }
    }

    private static double rank(StoredEvent event, Asked asked) {
        List<String> said =
                switch (event.type()) {
                    case EventType.MESSAGE -> words(event, asked, Key.BODY, "body");
                    case EventType.NAME -> words(event, asked, Key.NAME, "name");
                    case EventType.TOPIC -> topic(event, asked);
                    default -> List.of();
                };
        boolean all =
                !said.isEmpty()
                        && asked.words.stream()
                                .allMatch(
                                        word -> said.stream().anyMatch(it -> it.startsWith(word)));
        return all ? (double) asked.words.size() / Math.max(said.size(), asked.words.size()) : 0;
    }

    private static List<String> words(StoredEvent event, Asked asked, Key key, String name) {
        return asked.keys.contains(key)
                ? NameWords.all(event.content().string(name).orElse(""))
                : List.of();
    }

    /// The topic as a text, and as the plain one among its forms.
    private static List<String> topic(StoredEvent event, Asked asked) {
        List<String> words = new ArrayList<>(words(event, asked, Key.TOPIC, "topic"));
        if (asked.keys.contains(Key.TOPIC)) {
            event.content().object("m.topic").flatMap(it -> it.array("m.text")).stream()
                    .flatMap(forms -> forms.objects().stream())
                    .filter(EventSearch::isPlain)
                    .flatMap(form -> form.string("body").stream())
                    .flatMap(body -> NameWords.all(body).stream())
                    .filter(word -> !words.contains(word))
                    .forEach(words::add);
        }
        return words;
    }

    private static boolean isPlain(JsonObject form) {
        return form.string("mimetype").orElse("text/plain").equals("text/plain");
    }
}
