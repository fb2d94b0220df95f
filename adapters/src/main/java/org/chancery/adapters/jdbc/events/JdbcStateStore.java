package org.chancery.adapters.jdbc.events;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.RoomStateChange;
import org.chancery.homeserver.events.SnapshotRef;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Tables `state_snapshots`, `state_entries`, `state_changes`, `current_state`, `forgotten_rooms`
/// and the auth-chain index.
public final class JdbcStateStore implements StateStore {
    private static final String MEMBER = "m.room.member";

    private final Queries queries;
    private final RoomNumbers rooms;
    private final AuthChains authChains;

    public JdbcStateStore(Database database, RoomNumbers rooms) {
        this.queries = database.queries();
        this.rooms = rooms;
        this.authChains = new AuthChains(queries);
    }

    @Override
    public void insertSnapshot(
            Tx tx,
            RoomRef room,
            SnapshotRef snapshot,
            Optional<SnapshotRef> parent,
            Collection<StateRow> rows) {
        JdbcTx jdbc = JdbcTx.of(tx);
        jdbc.run(
                """
                INSERT INTO state_snapshots (snapshot, room, parent, chain_length)
                VALUES (?, ?, ?, ?)
                """,
                snapshot.number(),
                room.number(),
                parent.map(SnapshotRef::number).orElse(null),
                snapshot.chainLength());
        for (StateRow row : rows) {
            jdbc.run(
                    """
                    INSERT INTO state_entries (snapshot, type, state_key, event_position)
                    VALUES (?, ?, ?, ?)
                    """,
                    snapshot.number(),
                    row.key().type(),
                    row.key().key(),
                    row.event().position());
        }
    }

    @Override
    public void change(Tx tx, StateChange change) {
        JdbcTx jdbc = JdbcTx.of(tx);
        String type = change.key().type();
        String key = change.key().key();
        @Nullable Long event = boxed(change.event());
        @Nullable String membership = change.membership().orElse(null);
        jdbc.run(
                """
                INSERT INTO state_changes (room, position, type, state_key, event_position,
                    replaced_position, membership)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                change.room(),
                change.position(),
                type,
                key,
                event,
                boxed(change.replaced()),
                membership);
        if (event == null) {
            jdbc.run(
                    "DELETE FROM current_state WHERE room = ? AND type = ? AND state_key = ?",
                    change.room(),
                    type,
                    key);
        } else {
            jdbc.run(
                    """
                    INSERT INTO current_state (room, type, state_key, event_position, membership)
                    VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT (room, type, state_key) DO UPDATE
                    SET event_position = excluded.event_position, membership = excluded.membership
                    """,
                    change.room(),
                    type,
                    key,
                    event,
                    membership);
        }
    }

    @Override
    public void indexAuthChain(Tx tx, EventRef event, List<EventRef> authEvents) {
        authChains.index(
                JdbcTx.of(tx),
                event.position(),
                authEvents.stream().map(EventRef::position).toList());
    }

    @Override
    public SnapshotRef latestSnapshot(RoomRef room) {
        return queries.one(
                        """
                        SELECT snapshot, chain_length FROM state_snapshots
                        WHERE room = ? ORDER BY snapshot DESC LIMIT 1
                        """,
                        row -> SnapshotRef.stored(row.getLong(1), row.getInt(2)),
                        room.number())
                .orElseThrow();
    }

    @Override
    public List<StateRow> snapshot(long snapshot) {
        return queries.query(
                """
                WITH RECURSIVE chain (snapshot, parent, distance) AS (
                    SELECT snapshot, parent, 0 FROM state_snapshots WHERE snapshot = ?
                    UNION ALL
                    SELECT s.snapshot, s.parent, c.distance + 1
                    FROM state_snapshots s JOIN chain c ON s.snapshot = c.parent
                )
                SELECT t.type, t.state_key, t.event_position, NULL, e.room, e.event_key
                FROM (
                    SELECT n.type, n.state_key, n.event_position, row_number() OVER (
                        PARTITION BY n.type, n.state_key ORDER BY c.distance) AS place
                    FROM chain c JOIN state_entries n ON n.snapshot = c.snapshot
                ) t
                JOIN events e ON e.position = t.event_position
                WHERE t.place = 1
                ORDER BY t.event_position
                """,
                this::stateRow,
                snapshot);
    }

    @Override
    public List<StateRow> current(RoomRef room) {
        return queries.query(
                """
                SELECT s.type, s.state_key, s.event_position, s.membership, e.room, e.event_key
                FROM current_state s JOIN events e ON e.position = s.event_position
                WHERE s.room = ? ORDER BY s.event_position
                """,
                this::stateRow,
                room.number());
    }

    @Override
    public Optional<StateRow> current(RoomRef room, StateKey key) {
        return queries.one(
                """
                SELECT s.type, s.state_key, s.event_position, s.membership, e.room, e.event_key
                FROM current_state s JOIN events e ON e.position = s.event_position
                WHERE s.room = ? AND s.type = ? AND s.state_key = ?
                """,
                this::stateRow,
                room.number(),
                key.type(),
                key.key());
    }

    @Override
    public List<StateRow> at(RoomRef room, long position) {
        return queries.query(
                """
                SELECT t.type, t.state_key, t.event_position, t.membership, e.room, e.event_key
                FROM (
                    SELECT type, state_key, event_position, membership, row_number() OVER (
                        PARTITION BY type, state_key ORDER BY position DESC) AS place
                    FROM state_changes WHERE room = ? AND position <= ?
                ) t
                JOIN events e ON e.position = t.event_position
                WHERE t.place = 1
                ORDER BY t.event_position
                """,
                this::stateRow,
                room.number(),
                position);
    }

    @Override
    public Optional<StateRow> at(RoomRef room, StateKey key, long position) {
        return queries.one(
                """
                SELECT s.type, s.state_key, s.event_position, s.membership, e.room, e.event_key
                FROM (
                    SELECT type, state_key, event_position, membership FROM state_changes
                    WHERE room = ? AND type = ? AND state_key = ? AND position <= ?
                    ORDER BY position DESC LIMIT 1
                ) s
                JOIN events e ON e.position = s.event_position
                """,
                this::stateRow,
                room.number(),
                key.type(),
                key.key(),
                position);
    }

    @Override
    public List<StateChange> changes(RoomRef room, long after, long upTo) {
        return queries.query(
                """
                SELECT position, type, state_key, event_position, replaced_position, membership
                FROM state_changes
                WHERE room = ? AND position > ? AND position <= ? ORDER BY position
                """,
                row -> change(room, row),
                room.number(),
                after,
                upTo);
    }

    @Override
    public List<RoomStateChange> log(long after, long upTo, int limit) {
        return queries.query(
                """
                SELECT position, type, state_key, event_position, replaced_position, membership,
                    room
                FROM state_changes
                WHERE position > ? AND position <= (
                    SELECT max(p.position) FROM (
                        SELECT DISTINCT position FROM state_changes
                        WHERE position > ? AND position <= ? ORDER BY position LIMIT ?) p)
                ORDER BY position
                """,
                row -> {
                    RoomRef room = rooms.byNumber(row.getLong(7));
                    return new RoomStateChange(room, change(room, row));
                },
                after,
                after,
                upTo,
                limit);
    }

    @Override
    public List<StateChange> history(RoomRef room, StateKey key) {
        return queries.query(
                """
                SELECT position, type, state_key, event_position, replaced_position, membership
                FROM state_changes
                WHERE room = ? AND type = ? AND state_key = ? ORDER BY position
                """,
                row -> change(room, row),
                room.number(),
                key.type(),
                key.key());
    }

    @Override
    public List<UserId> peers(UserId user) {
        return peersBy(queries, user);
    }

    @Override
    public List<UserId> peers(Tx tx, UserId user) {
        return peersBy(JdbcTx.of(tx), user);
    }

    private static List<UserId> peersBy(Queries queries, UserId user) {
        return queries.query(
                """
                SELECT DISTINCT other.state_key
                FROM current_state own
                JOIN current_state other ON other.room = own.room AND other.type = own.type
                WHERE own.type = 'm.room.member' AND own.state_key = ? AND own.membership = 'join'
                    AND other.membership = 'join'
                """,
                row -> UserId.parse(row.getString(1)),
                user.toString());
    }

    @Override
    public List<RoomMembership> members(RoomRef room, Optional<String> membership) {
        String condition = membership.isPresent() ? " AND membership = ?" : "";
        Object[] arguments =
                membership.isPresent()
                        ? new Object[] {room.number(), MEMBER, membership.get()}
                        : new Object[] {room.number(), MEMBER};
        return queries.query(
                """
                SELECT room, state_key, membership, event_position FROM current_state
                WHERE room = ? AND type = ? AND membership IS NOT NULL\
                """
                        + condition
                        + " ORDER BY event_position",
                this::membership,
                arguments);
    }

    @Override
    public List<RoomMembership> rooms(UserId user, long position) {
        return queries.query(
                """
                SELECT t.room, t.state_key, t.membership, t.position
                FROM (
                    SELECT room, state_key, membership, position, row_number() OVER (
                        PARTITION BY room ORDER BY position DESC) AS place
                    FROM state_changes
                    WHERE type = 'm.room.member' AND state_key = ? AND position <= ?
                ) t
                WHERE t.place = 1 AND t.membership IS NOT NULL
                ORDER BY t.position
                """,
                this::membership,
                user.toString(),
                position);
    }

    @Override
    public List<RoomMembership> membershipChanges(UserId user, long after, long upTo) {
        return queries.query(
                """
                SELECT room, state_key, membership, position FROM state_changes
                WHERE type = 'm.room.member' AND state_key = ? AND membership IS NOT NULL
                    AND position > ? AND position <= ?
                ORDER BY position
                """,
                this::membership,
                user.toString(),
                after,
                upTo);
    }

    @Override
    public boolean authChainContains(long from, long to) {
        return authChains.contains(from, to);
    }

    @Override
    public void forget(Tx tx, UserId user, RoomRef room) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO forgotten_rooms (user_id, room) VALUES (?, ?)
                        ON CONFLICT (user_id, room) DO NOTHING
                        """,
                        user.toString(),
                        room.number());
    }

    @Override
    public void remember(Tx tx, UserId user, RoomRef room) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM forgotten_rooms WHERE user_id = ? AND room = ?",
                        user.toString(),
                        room.number());
    }

    @Override
    public List<Long> forgotten(UserId user) {
        return queries.query(
                "SELECT room FROM forgotten_rooms WHERE user_id = ?",
                row -> row.getLong(1),
                user.toString());
    }

    private StateRow stateRow(ResultSet row) throws SQLException {
        RoomRef room = rooms.byNumber(row.getLong(5));
        return new StateRow(
                new StateKey(row.getString(1), row.getString(2)),
                EventRef.stored(EventKeys.id(row.getBytes(6), room.version()), row.getLong(3)),
                Optional.ofNullable(row.getString(4)));
    }

    private RoomMembership membership(ResultSet row) throws SQLException {
        return new RoomMembership(
                rooms.byNumber(row.getLong(1)),
                UserId.parse(row.getString(2)),
                row.getString(3),
                row.getLong(4));
    }

    private static StateChange change(RoomRef room, ResultSet row) throws SQLException {
        return new StateChange(
                room.number(),
                row.getLong(1),
                new StateKey(row.getString(2), row.getString(3)),
                optional(row, 4),
                optional(row, 5),
                Optional.ofNullable(row.getString(6)));
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static @Nullable Long boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
