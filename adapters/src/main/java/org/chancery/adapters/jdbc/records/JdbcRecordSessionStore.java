package org.chancery.adapters.jdbc.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.governance.records.LetterStore.Sender;
import org.chancery.governance.records.Session;
import org.chancery.governance.records.SessionStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Table `record_sessions`; what is withheld stands in `record_letters`.
public final class JdbcRecordSessionStore implements SessionStore {
    private static final String COLUMNS =
            """
            s.sender, s.sender_device, s.session_id, s.first, s.first_index, s.first_ts,
            s.covered, s.olm\
            """;

    /// The code with which it is withheld, if so.
    private static final String CODE =
            """
            (SELECT l.code FROM record_letters l
                WHERE l.room = s.room AND l.sender = s.sender
                    AND l.sender_device = s.sender_device AND l.withheld = true
                    AND (l.session_id = s.session_id OR l.session_id IS NULL)
                ORDER BY l.id DESC LIMIT 1) AS code\
            """;

    private static final String TOLD =
            "SELECT "
                    + COLUMNS
                    + ", "
                    + CODE
                    + ", a.room, a.room_id, a.version"
                    + " FROM record_sessions s JOIN record_archives a ON a.room = s.room ";

    private static final String GAP = "(s.covered IS NULL OR s.covered > s.first_index)";

    private final Queries queries;

    public JdbcRecordSessionStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public Optional<Session> find(RoomRef room, UserId sender, String session) {
        return queries.one(
                "SELECT "
                        + COLUMNS
                        + " FROM record_sessions s"
                        + " WHERE s.room = ? AND s.sender = ? AND s.session_id = ?",
                JdbcRecordSessionStore::session,
                room.number(),
                sender.toString(),
                session);
    }

    @Override
    public long lastUsed(RoomRef room, Sender sender) {
        return queries.one(
                        """
                        SELECT olm FROM record_sessions
                        WHERE room = ? AND sender = ? AND sender_device = ?
                        ORDER BY olm DESC LIMIT 1
                        """,
                        row -> row.getLong(1),
                        room.number(),
                        sender.user().toString(),
                        sender.device().value())
                .orElse(0L);
    }

    @Override
    public void put(Tx tx, RoomRef room, Session session) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_sessions (room, sender, session_id, sender_device,
                            first, first_index, first_ts, covered, olm, told)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, false)
                        ON CONFLICT (room, sender, session_id)
                        DO UPDATE SET covered = excluded.covered, olm = excluded.olm
                        """,
                        room.number(),
                        session.sender().user().toString(),
                        session.id(),
                        session.sender().device().value(),
                        session.first().piece(),
                        session.first().index(),
                        session.first().at(),
                        Columns.orNull(session.covered()),
                        session.olm());
    }

    @Override
    public List<Told> read(RoomRef room, long after, int limit) {
        return queries.query(
                TOLD + "WHERE s.room = ? AND s.first > ? ORDER BY s.first LIMIT ?",
                JdbcRecordSessionStore::told,
                room.number(),
                after,
                limit);
    }

    @Override
    public List<Told> gaps(RoomRef room, long after, int limit) {
        return queries.query(
                TOLD + "WHERE s.room = ? AND s.first > ? AND " + GAP + " ORDER BY s.first LIMIT ?",
                JdbcRecordSessionStore::told,
                room.number(),
                after,
                limit);
    }

    @Override
    public Counts counts(RoomRef room) {
        return queries.one(
                        "SELECT count(CASE WHEN covered IS NOT NULL THEN 1 END),"
                                + " count(CASE WHEN covered > first_index THEN 1 END),"
                                + " count(CASE WHEN covered IS NULL AND code IS NOT NULL"
                                + " THEN 1 END),"
                                + " count(CASE WHEN covered IS NULL AND code IS NULL THEN 1 END)"
                                + " FROM (SELECT s.covered, s.first_index, "
                                + CODE
                                + " FROM record_sessions s WHERE s.room = ?) AS told",
                        row ->
                                new Counts(
                                        row.getLong(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4)),
                        room.number())
                .orElseThrow();
    }

    @Override
    public Totals totals() {
        return queries.one(
                        """
                        SELECT count(*), count(CASE WHEN covered > first_index THEN 1 END),
                         count(CASE WHEN covered IS NULL THEN 1 END) FROM record_sessions\
                        """,
                        row -> new Totals(row.getLong(1), row.getLong(2), row.getLong(3)))
                .orElseThrow();
    }

    @Override
    public List<Told> untold(int limit) {
        return queries.query(
                TOLD + "WHERE s.told = false AND " + GAP + " ORDER BY s.first LIMIT ?",
                JdbcRecordSessionStore::told,
                limit);
    }

    @Override
    public void setTold(Tx tx, Told session) {
        JdbcTx.of(tx)
                .run(
                        """
                        UPDATE record_sessions SET told = true
                        WHERE room = ? AND sender = ? AND session_id = ?
                        """,
                        session.room().number(),
                        session.session().sender().user().toString(),
                        session.session().id());
    }

    private static Session session(ResultSet row) throws SQLException {
        Sender sender =
                new Sender(
                        UserId.parse(row.getString("sender")),
                        new DeviceId(row.getString("sender_device")));
        OptionalLong covered = Columns.number(row, "covered");
        return new Session(
                sender,
                row.getString("session_id"),
                new Session.First(
                        row.getLong("first"), row.getLong("first_index"), row.getLong("first_ts")),
                covered,
                row.getLong("olm"));
    }

    private static Told told(ResultSet row) throws SQLException {
        Session session = session(row);
        @Nullable String code = Columns.text(row, "code");
        RoomRef room =
                RoomRef.stored(
                        new RoomId(row.getString("room_id")),
                        RoomVersion.of(row.getString("version")).orElseThrow(),
                        row.getLong("room"));
        if (session.covered().isPresent()) {
            return new Told(room, session, Session.State.PRESUMED, "");
        }
        return code == null
                ? new Told(room, session, Session.State.UNKNOWN, "")
                : new Told(room, session, Session.State.WITHHELD, code);
    }
}
