package org.chancery.adapters.jdbc.events;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.jspecify.annotations.Nullable;

/// The auth-chain index: a cover of the auth graph by chains.
///
/// Each state event has a place (chain, sequence). It reaches every earlier place of its chain, and
/// what the links of those places reach. So "is this event in the auth chain of that one?" costs a
/// walk over the few chains of a room, not over its events.
final class AuthChains {
    private final Queries queries;

    AuthChains(Queries queries) {
        this.queries = queries;
    }

    private record Place(long chain, long sequence) {}

    /// Gives an event its place: behind an auth event that ends its chain, else in a new chain.
    void index(JdbcTx tx, long event, Collection<Long> authEvents) {
        List<Place> reached =
                authEvents.stream().map(auth -> place(tx, auth)).flatMap(Optional::stream).toList();
        Optional<Place> end = reached.stream().filter(place -> isEnd(tx, place)).findFirst();
        Place own =
                end.map(place -> new Place(place.chain(), place.sequence() + 1))
                        .orElse(new Place(event, 0));
        tx.run(
                "INSERT INTO auth_chains (event_position, chain, sequence) VALUES (?, ?, ?)",
                event,
                own.chain(),
                own.sequence());
        Map<Long, Long> links = new HashMap<>();
        for (Place place : reached) {
            if (place.chain() != own.chain()) {
                links.merge(place.chain(), place.sequence(), Math::max);
            }
        }
        links.forEach(
                (chain, sequence) ->
                        tx.run(
                                """
                                INSERT INTO auth_chain_links
                                    (chain, sequence, target_chain, target_sequence)
                                VALUES (?, ?, ?, ?)
                                """,
                                own.chain(),
                                own.sequence(),
                                chain,
                                sequence));
    }

    /// Whether `to` is in the auth chain of `from`.
    boolean contains(long from, long to) {
        Optional<Place> start = place(queries, from);
        Optional<Place> goal = place(queries, to);
        if (start.isEmpty() || goal.isEmpty() || from == to) {
            return false;
        }
        Map<Long, Long> reached = new HashMap<>();
        Deque<Place> open = new ArrayDeque<>();
        open.add(start.get());
        while (!open.isEmpty()) {
            Place place = open.remove();
            @Nullable Long before = reached.get(place.chain());
            if (before != null && before >= place.sequence()) {
                continue;
            }
            reached.put(place.chain(), place.sequence());
            open.addAll(links(place, before == null ? -1 : before));
        }
        return reached.containsKey(goal.get().chain())
                && Objects.requireNonNull(reached.get(goal.get().chain())) >= goal.get().sequence();
    }

    private List<Place> links(Place upTo, long after) {
        return queries.query(
                """
                SELECT target_chain, max(target_sequence) FROM auth_chain_links
                WHERE chain = ? AND sequence > ? AND sequence <= ? GROUP BY target_chain
                """,
                row -> new Place(row.getLong(1), row.getLong(2)),
                upTo.chain(),
                after,
                upTo.sequence());
    }

    private static Optional<Place> place(Queries queries, long event) {
        return queries.one(
                "SELECT chain, sequence FROM auth_chains WHERE event_position = ?",
                row -> new Place(row.getLong(1), row.getLong(2)),
                event);
    }

    private static boolean isEnd(Queries queries, Place place) {
        return queries.one(
                        "SELECT 1 FROM auth_chains WHERE chain = ? AND sequence = ?",
                        row -> row.getLong(1),
                        place.chain(),
                        place.sequence() + 1)
                .isEmpty();
    }
}
