package org.chancery.adapters.jdbc.events;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.NewEvent;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Tables `event_relations` and `threads`. A parent is known by its 64-bit hash.
final class JdbcRelations implements RelationIndex {
    private static final int PARENTS_MAX = 256;

    private final Queries queries;

    JdbcRelations(Queries queries) {
        this.queries = queries;
    }

    /// What is kept of an event that relates to another.
    private record Child(
            long room, long position, String type, UserId sender, long ts, Relation relation) {}

    /// Writes what a new event relates to, if anything.
    void insert(JdbcTx tx, NewEvent event, long position) {
        Pdu pdu = event.pdu();
        Optional<Relation> relation = Relation.of(pdu.content());
        if (relation.isPresent()) {
            insert(
                    tx,
                    new Child(
                            event.room().number(),
                            position,
                            pdu.type(),
                            pdu.sender(),
                            pdu.originServerTs(),
                            relation.get()));
        }
    }

    /// The same of one that was stored before there was an index.
    void insert(JdbcTx tx, StoredEvent event) {
        Relation.of(event.content())
                .ifPresent(
                        relation ->
                                insert(
                                        tx,
                                        new Child(
                                                event.room().number(),
                                                event.position(),
                                                event.type(),
                                                event.sender(),
                                                event.originServerTs(),
                                                relation)));
    }

    private static void insert(JdbcTx tx, Child child) {
        long parent = hash(child.relation.parent());
        tx.run(
                """
                INSERT INTO event_relations (position, room, parent, rel_type, ordinal, type,
                    sender, ts, annotation)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (position) DO NOTHING
                """,
                child.position,
                child.room,
                parent,
                child.relation.type(),
                EventStore.ordinal(child.position),
                child.type,
                child.sender.toString(),
                child.ts,
                child.relation.key().orElse(null));
        if (child.relation.type().equals(Relation.THREAD)) {
            tx.run(
                    """
                    INSERT INTO threads (room, root, latest) VALUES (?, ?, ?)
                    ON CONFLICT (room, root) DO UPDATE SET latest = CASE
                        WHEN excluded.latest > threads.latest THEN excluded.latest
                        ELSE threads.latest END
                    """,
                    child.room,
                    parent,
                    child.position);
        }
    }

    private record Row(long room, long parent, String type) {}

    /// Takes the relation of a redacted event away.
    void remove(JdbcTx tx, long position) {
        Optional<Row> row =
                tx.one(
                        "SELECT room, parent, rel_type FROM event_relations WHERE position = ?",
                        it -> new Row(it.getLong(1), it.getLong(2), it.getString(3)),
                        position);
        if (row.isEmpty()) {
            return;
        }
        tx.run("DELETE FROM event_relations WHERE position = ?", position);
        if (row.get().type.equals(Relation.THREAD)) {
            latest(tx, row.get());
        }
    }

    private static void latest(JdbcTx tx, Row thread) {
        Optional<Long> latest =
                tx.one(
                        """
                        SELECT position FROM event_relations
                        WHERE room = ? AND parent = ? AND rel_type = 'm.thread'
                        ORDER BY ordinal DESC LIMIT 1
                        """,
                        row -> row.getLong(1),
                        thread.room,
                        thread.parent);
        if (latest.isPresent()) {
            tx.run(
                    "UPDATE threads SET latest = ? WHERE room = ? AND root = ?",
                    latest.get(),
                    thread.room,
                    thread.parent);
        } else {
            tx.run("DELETE FROM threads WHERE room = ? AND root = ?", thread.room, thread.parent);
        }
    }

    @Override
    public List<Group> groups(
            RoomRef room,
            Collection<EventId> parents,
            Collection<String> types,
            long upTo,
            Set<UserId> without) {
        Map<Long, EventId> names = names(parents);
        List<Group> groups = new ArrayList<>();
        for (List<Long> some : portions(names.keySet())) {
            Arguments arguments = new Arguments(room.number(), upTo);
            String sql =
                    """
                    SELECT parent, rel_type, count(*), max(position) FROM event_relations
                    WHERE room = ? AND ordinal <= ? AND parent IN (%s) AND rel_type IN (%s) %s
                    GROUP BY parent, rel_type
                    """
                            .formatted(
                                    arguments.list(some),
                                    arguments.list(types),
                                    without(without, "sender", arguments));
            groups.addAll(
                    queries.query(
                            sql,
                            row ->
                                    new Group(
                                            Objects.requireNonNull(names.get(row.getLong(1))),
                                            row.getString(2),
                                            row.getLong(3),
                                            row.getLong(4)),
                            arguments.all()));
        }
        return groups;
    }

    @Override
    public List<Long> children(
            RoomRef room,
            EventId parent,
            Wanted wanted,
            Range range,
            Direction direction,
            int limit) {
        Arguments arguments = new Arguments(room.number(), hash(parent));
        String sql = wanted.deep() ? deep(room, wanted, arguments) : flat(wanted, arguments);
        arguments.add(range.after(), range.upTo(), limit);
        return queries.query(
                sql
                        + " AND r.ordinal > ? AND r.ordinal <= ? ORDER BY r.ordinal"
                        + (direction == Direction.BACKWARDS ? " DESC" : "")
                        + " LIMIT ?",
                row -> row.getLong(1),
                arguments.all());
    }

    private static String flat(Wanted wanted, Arguments arguments) {
        return "SELECT r.position FROM event_relations r WHERE r.room = ? AND r.parent = ?"
                + filter(wanted, arguments);
    }

    /// All that relates to the event by way of what is wanted. What relates to two of them is told
    /// once.
    private static String deep(RoomRef room, Wanted wanted, Arguments arguments) {
        String first = filter(wanted, arguments);
        arguments.add(room.number(), (long) DEPTH);
        String next = filter(wanted, arguments);
        return """
        WITH RECURSIVE tree (position, depth) AS (
            SELECT r.position, 1 FROM event_relations r WHERE r.room = ? AND r.parent = ? %s
            UNION
            SELECT r.position, tree.depth + 1
            FROM tree
            JOIN events e ON e.position = tree.position
            JOIN event_relations r ON r.parent = e.key_hash
            WHERE r.room = ? AND tree.depth < ? %s
        )
        SELECT r.position FROM event_relations r
        WHERE r.position IN (SELECT position FROM tree)\
        """
                .formatted(first, next);
    }

    private static String filter(Wanted wanted, Arguments arguments) {
        StringBuilder sql = new StringBuilder();
        if (wanted.relation().isPresent()) {
            sql.append(" AND r.rel_type = ?");
            arguments.add(wanted.relation().get());
        }
        if (wanted.event().isPresent()) {
            sql.append(" AND r.type = ?");
            arguments.add(wanted.event().get());
        }
        return sql.append(without(wanted.without(), "r.sender", arguments)).toString();
    }

    @Override
    public List<Long> replacements(
            RoomRef room, EventId parent, UserId sender, String type, long upTo, int limit) {
        return queries.query(
                """
                SELECT position FROM event_relations
                WHERE room = ? AND parent = ? AND rel_type = 'm.replace' AND ordinal <= ?
                    AND sender = ? AND type = ?
                ORDER BY ts DESC, ordinal DESC LIMIT ?
                """,
                row -> row.getLong(1),
                room.number(),
                hash(parent),
                upTo,
                sender.toString(),
                type,
                limit);
    }

    @Override
    public Set<EventId> withChildrenOf(
            RoomRef room, Collection<EventId> parents, String relation, UserId sender) {
        Map<Long, EventId> names = names(parents);
        Set<EventId> found = new HashSet<>();
        for (List<Long> some : portions(names.keySet())) {
            Arguments arguments = new Arguments(room.number(), relation, sender.toString());
            String sql =
                    """
                    SELECT DISTINCT parent FROM event_relations
                    WHERE room = ? AND rel_type = ? AND sender = ? AND parent IN (%s)
                    """
                            .formatted(arguments.list(some));
            queries.query(sql, row -> row.getLong(1), arguments.all())
                    .forEach(parent -> found.add(Objects.requireNonNull(names.get(parent))));
        }
        return found;
    }

    @Override
    public boolean isAnnotated(
            RoomRef room, EventId parent, UserId sender, String type, String key) {
        return queries.one(
                        """
                        SELECT 1 FROM event_relations
                        WHERE room = ? AND parent = ? AND rel_type = 'm.annotation' AND sender = ?
                            AND type = ? AND annotation = ?
                        LIMIT 1
                        """,
                        row -> row.getLong(1),
                        room.number(),
                        hash(parent),
                        sender.toString(),
                        type,
                        key)
                .isPresent();
    }

    @Override
    public List<Long> threads(RoomRef room, long before, int limit) {
        return queries.query(
                """
                SELECT latest FROM threads WHERE room = ? AND latest < ?
                ORDER BY latest DESC LIMIT ?
                """,
                row -> row.getLong(1),
                room.number(),
                before,
                limit);
    }

    private static long hash(EventId id) {
        return EventKeys.hash(EventKeys.key(id));
    }

    private static Map<Long, EventId> names(Collection<EventId> ids) {
        Map<Long, EventId> names = new HashMap<>();
        ids.forEach(id -> names.put(hash(id), id));
        return names;
    }

    private static List<List<Long>> portions(Collection<Long> all) {
        List<Long> list = List.copyOf(all);
        List<List<Long>> portions = new ArrayList<>();
        for (int i = 0; i < list.size(); i += PARENTS_MAX) {
            portions.add(list.subList(i, Math.min(list.size(), i + PARENTS_MAX)));
        }
        return portions;
    }

    private static String without(Set<UserId> users, String column, Arguments arguments) {
        if (users.isEmpty()) {
            return "";
        }
        List<String> names = users.stream().limit(IGNORED_MAX).map(UserId::toString).toList();
        return " AND " + column + " NOT IN (" + arguments.list(names) + ")";
    }

    /// The arguments of a statement in the order in which its text asks for them.
    private static final class Arguments {
        private final List<@Nullable Object> values = new ArrayList<>();

        Arguments(Object... first) {
            add(first);
        }

        void add(Object... more) {
            values.addAll(List.of(more));
        }

        /// Adds a list, its last repeated to fill the marks that are answered.
        String list(Collection<?> list) {
            Object last = List.copyOf(list).getLast();
            values.addAll(list);
            for (int i = list.size(); i < Queries.padded(list.size()); i++) {
                values.add(last);
            }
            return Queries.marks(list.size());
        }

        @Nullable Object[] all() {
            return values.toArray();
        }
    }
}
