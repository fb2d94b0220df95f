package org.chancery.adapters.jdbc.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.adapters.jdbc.Backfill;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.EventEnvelope;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.NewEvent;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.SnapshotRef;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.events.TransactionText;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Tables `rooms`, `events`, `forward_extremities`; with them goes the index of relations.
public final class JdbcEventStore implements EventStore {
    private static final String COLUMNS =
            "position, room, ordinal, event_key, flags, redacted_by, txn, json";

    private static final int BACKFILL_PORTION = 1_000;

    private final Queries queries;
    private final RoomNumbers rooms;
    private final SentTransactions sent;
    private final JdbcRelations relations;

    public JdbcEventStore(Database database, RoomNumbers rooms) {
        this.queries = database.queries();
        this.rooms = rooms;
        this.sent = new SentTransactions(database.queries());
        this.relations = new JdbcRelations(database.queries());
        Backfill.run(database, "event_relations", this::indexRelations);
    }

    private Optional<String> indexRelations(JdbcTx tx, String after) {
        List<StoredEvent> portion =
                tx.query(
                        "SELECT "
                                + COLUMNS
                                + " FROM events WHERE position > ? ORDER BY position LIMIT ?",
                        this::map,
                        Long.parseLong(after),
                        BACKFILL_PORTION);
        portion.forEach(event -> relations.insert(tx, event));
        return portion.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(portion.getLast().position()));
    }

    @Override
    public void insertRoom(Tx tx, RoomRef room) {
        JdbcTx.of(tx)
                .run(
                        "INSERT INTO rooms (number, room_id, version) VALUES (?, ?, ?)",
                        room.number(),
                        room.id().value(),
                        room.version().id());
    }

    @Override
    public void insert(Tx tx, NewEvent event) {
        long position = event.event().position();
        byte[] key = EventKeys.key(event.event().id());
        @Nullable SnapshotRef before = event.links().stateBefore();
        @Nullable String txn = event.transaction().map(TransactionText::of).orElse(null);
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                """
                        INSERT INTO events (position, room, ordinal, event_key, key_hash, flags,
                            state_before, txn, json, envelope)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                position,
                event.room().number(),
                EventStore.ordinal(position),
                key,
                EventKeys.hash(key),
                event.flags(),
                before == null ? null : before.number(),
                txn,
                event.shown(),
                EventEnvelope.encode(event, position));
        event.transaction().ifPresent(it -> sent.insert(batch, position, TransactionText.hash(it)));
        relations.insert(batch, event, position);
    }

    @Override
    public void redact(Tx tx, long target, long redactedBy, byte[] json) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                "UPDATE events SET json = ?, redacted_by = ? WHERE position = ?",
                json,
                redactedBy,
                target);
        relations.remove(batch, target);
    }

    @Override
    public Optional<byte[]> json(Tx tx, long position) {
        return JdbcTx.of(tx)
                .one(
                        "SELECT json FROM events WHERE position = ?",
                        row -> row.getBytes(1),
                        position);
    }

    @Override
    public Optional<RoomRef> room(RoomId id) {
        return rooms.byId(id);
    }

    @Override
    public Optional<StoredEvent> event(EventId id) {
        byte[] key = EventKeys.key(id);
        return queries
                .query(
                        "SELECT " + COLUMNS + " FROM events WHERE key_hash = ? AND event_key = ?",
                        this::map,
                        EventKeys.hash(key),
                        key)
                .stream()
                .filter(event -> event.id().equals(id))
                .findFirst();
    }

    @Override
    public List<StoredEvent> events(Collection<Long> positions) {
        return positions.isEmpty()
                ? List.of()
                : queries.query(
                        "SELECT "
                                + COLUMNS
                                + " FROM events WHERE position IN ("
                                + Queries.marks(positions.size())
                                + ") ORDER BY position",
                        this::map,
                        Queries.padded(positions));
    }

    @Override
    public Optional<EventId> byTransaction(Transaction transaction) {
        OptionalLong position = sent.find(TransactionText.hash(transaction));
        if (position.isEmpty()) {
            return Optional.empty();
        }
        String txn = TransactionText.of(transaction);
        return events(List.of(position.getAsLong())).stream()
                .filter(event -> event.sender().equals(transaction.user()))
                .filter(event -> event.isOf(txn))
                .map(StoredEvent::id)
                .findFirst();
    }

    @Override
    public List<StoredEvent> read(RoomRef room, Range range, Direction direction, int limit) {
        String order = direction == Direction.BACKWARDS ? " DESC" : "";
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + """
                         FROM events
                        WHERE room = ? AND ordinal > ? AND ordinal <= ? AND (flags & 7) = 0
                        ORDER BY ordinal\
                        """
                        + order
                        + " LIMIT ?",
                this::map,
                room.number(),
                range.after(),
                range.upTo(),
                limit);
    }

    @Override
    public List<StoredEvent> log(long after, long upTo, int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + """
                         FROM events WHERE position > ? AND position <= ? ORDER BY position LIMIT ?
                        """,
                this::map,
                after,
                upTo,
                limit);
    }

    @Override
    public RelationIndex relations() {
        return relations;
    }

    @Override
    public List<Pdu> pdus(Collection<Long> positions) {
        if (positions.isEmpty()) {
            return List.of();
        }
        Map<Long, Stored> stored = new HashMap<>();
        Set<Long> referenced = new HashSet<>();
        for (Stored each : stored(positions)) {
            stored.put(each.event.position(), each);
            referenced.addAll(EventEnvelope.references(each.event.position(), each.envelope));
        }
        Map<Long, EventId> ids = ids(referenced);
        List<Pdu> pdus = new ArrayList<>(positions.size());
        for (Long position : positions) {
            pdus.add(pdu(Objects.requireNonNull(stored.get(position)), ids));
        }
        return pdus;
    }

    @Override
    public List<Extremity> forwardExtremities(RoomRef room) {
        List<Long> positions =
                queries.query(
                        "SELECT event_position FROM forward_extremities WHERE room = ?",
                        row -> row.getLong(1),
                        room.number());
        if (positions.isEmpty()) {
            positions =
                    queries.query(
                            """
                            SELECT position FROM events
                            WHERE room = ? AND (flags & 31) IN (0, 8) ORDER BY ordinal DESC LIMIT 1
                            """,
                            row -> row.getLong(1),
                            room.number());
        }
        return pdus(positions).isEmpty() ? List.of() : extremities(positions);
    }

    private List<Extremity> extremities(List<Long> positions) {
        List<Extremity> extremities = new ArrayList<>();
        List<Pdu> pdus = pdus(positions);
        for (int i = 0; i < positions.size(); i++) {
            Pdu pdu = pdus.get(i);
            extremities.add(
                    new Extremity(EventRef.stored(pdu.eventId(), positions.get(i)), pdu.depth()));
        }
        return extremities;
    }

    private static final class Stored {
        final StoredEvent event;
        final byte[] envelope;

        Stored(StoredEvent event, byte[] envelope) {
            this.event = event;
            this.envelope = envelope;
        }
    }

    private List<Stored> stored(Collection<Long> positions) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + ", envelope FROM events WHERE position IN ("
                        + Queries.marks(positions.size())
                        + ")",
                row -> new Stored(map(row), row.getBytes(9)),
                Queries.padded(positions));
    }

    private Map<Long, EventId> ids(Set<Long> positions) {
        Map<Long, EventId> ids = new HashMap<>();
        if (!positions.isEmpty()) {
            queries.query(
                            "SELECT position, room, event_key FROM events WHERE position IN ("
                                    + Queries.marks(positions.size())
                                    + ")",
                            row ->
                                    Map.entry(
                                            row.getLong(1),
                                            EventKeys.id(
                                                    row.getBytes(3),
                                                    rooms.byNumber(row.getLong(2)).version())),
                            Queries.padded(positions))
                    .forEach(entry -> ids.put(entry.getKey(), entry.getValue()));
        }
        return ids;
    }

    private static Pdu pdu(Stored stored, Map<Long, EventId> ids) {
        StoredEvent event = stored.event;
        JsonObject json =
                EventEnvelope.decode(
                        event.room(),
                        event.id(),
                        event.position(),
                        Json.parseObject(event.json()),
                        stored.envelope,
                        position -> Objects.requireNonNull(ids.get(position)));
        return Pdu.restore(event.id(), json, event.room().version());
    }

    private StoredEvent map(ResultSet row) throws SQLException {
        RoomRef room = rooms.byNumber(row.getLong(2));
        long redactedBy = row.getLong(6);
        boolean redacted = !row.wasNull();
        return new StoredEvent(
                row.getLong(1),
                room,
                row.getLong(3),
                EventKeys.id(row.getBytes(4), room.version()),
                new StoredEvent.Facts(
                        row.getInt(5),
                        redacted ? OptionalLong.of(redactedBy) : OptionalLong.empty(),
                        row.getString(7)),
                row.getBytes(8));
    }
}
