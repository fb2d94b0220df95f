package org.chancery.adapters.jdbc.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Reads of `current_state` and `events` for `/sync`.
public final class JdbcStateHistory implements StateHistory {
    private static final int LIST_LENGTH_MAX = 512;

    private final Queries queries;

    public JdbcStateHistory(Database database) {
        this.queries = database.queries();
    }

    @Override
    public List<Entry> withoutMembers(RoomRef room) {
        return queries.query(
                """
                SELECT type, state_key, event_position FROM current_state
                WHERE room = ? AND type < 'm.room.member'
                UNION ALL
                SELECT type, state_key, event_position FROM current_state
                WHERE room = ? AND type > 'm.room.member'
                """,
                JdbcStateHistory::entry,
                room.number(),
                room.number());
    }

    @Override
    public List<Entry> members(RoomRef room) {
        return queries.query(
                """
                SELECT type, state_key, event_position FROM current_state
                WHERE room = ? AND type = 'm.room.member'
                """,
                JdbcStateHistory::entry,
                room.number());
    }

    @Override
    public List<Entry> members(RoomRef room, Collection<UserId> users) {
        List<Entry> entries = new ArrayList<>();
        for (List<Object> chunk : chunks(users.stream().map(UserId::toString).toList())) {
            entries.addAll(
                    queries.query(
                            """
                            SELECT type, state_key, event_position FROM current_state
                            WHERE room = ? AND type = 'm.room.member' AND state_key IN (%s)
                            """
                                    .formatted(Queries.marks(chunk.size())),
                            JdbcStateHistory::entry,
                            arguments(List.of(room.number()), chunk)));
        }
        return entries;
    }

    @Override
    public Map<String, Long> memberCounts(RoomRef room) {
        Map<String, Long> counts = new HashMap<>();
        queries.query(
                        """
                        SELECT membership, count(*) FROM current_state
                        WHERE room = ? AND type = 'm.room.member' AND membership IS NOT NULL
                        GROUP BY membership
                        """,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        room.number())
                .forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
        return counts;
    }

    @Override
    public List<UserId> firstMembers(RoomRef room, Set<String> memberships, int limit) {
        List<Object> wanted = List.copyOf(memberships);
        List<Object> arguments = new ArrayList<>();
        Collections.addAll(arguments, arguments(List.of(room.number()), wanted));
        arguments.add(limit);
        return queries.query(
                """
                SELECT state_key FROM current_state
                WHERE room = ? AND type = 'm.room.member' AND membership IN (%s)
                ORDER BY event_position LIMIT ?
                """
                        .formatted(Queries.marks(wanted.size())),
                row -> UserId.parse(row.getString(1)),
                arguments.toArray());
    }

    @Override
    public Set<Long> withEvents(Collection<Long> rooms, long after, long upTo) {
        Set<Long> found = new HashSet<>();
        for (List<Object> chunk : chunks(List.copyOf(rooms))) {
            List<Object> range = List.of(EventStore.ordinal(after), EventStore.ordinal(upTo));
            found.addAll(
                    queries.query(
                            """
                            SELECT r.number FROM rooms r
                            WHERE EXISTS (
                                SELECT 1 FROM events e
                                WHERE e.room = r.number AND e.ordinal > ? AND e.ordinal <= ?)
                            AND r.number IN (%s)
                            """
                                    .formatted(Queries.marks(chunk.size())),
                            row -> row.getLong(1),
                            arguments(range, chunk)));
        }
        return found;
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(new StateKey(row.getString(1), row.getString(2)), row.getLong(3));
    }

    private static List<List<Object>> chunks(List<?> all) {
        List<List<Object>> chunks = new ArrayList<>();
        for (int i = 0; i < all.size(); i += LIST_LENGTH_MAX) {
            chunks.add(List.copyOf(all.subList(i, Math.min(all.size(), i + LIST_LENGTH_MAX))));
        }
        return chunks;
    }

    /// First what stands before the list, then the list, its last repeated to fill the marks.
    private static @Nullable Object[] arguments(List<?> first, List<Object> list) {
        List<@Nullable Object> arguments = new ArrayList<>(first);
        arguments.addAll(list);
        int missing = Queries.padded(list.size()) - list.size();
        arguments.addAll(Collections.nCopies(missing, list.getLast()));
        return arguments.toArray();
    }
}
