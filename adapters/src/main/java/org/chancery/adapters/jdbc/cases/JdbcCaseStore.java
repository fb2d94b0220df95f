package org.chancery.adapters.jdbc.cases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.adapters.jdbc.Backfill;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.governance.cases.CaseState;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.cases.HeldCase;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Tables `cases`, `case_rooms` and `case_officers`.
public final class JdbcCaseStore implements CaseStore {
    private static final String COLUMNS =
            "c.id, c.number, c.entry, c.state, c.changed_ts, c.refusal, c.prepared, c.noticed_ts";
    private static final String OF_ID = "SELECT " + COLUMNS + " FROM cases c WHERE c.id = ?";
    private static final int ROOMS_AT_ONCE = 500;
    private static final int BACKFILL_PORTION = 100;

    private final Queries queries;

    public JdbcCaseStore(Database database) {
        this.queries = database.queries();
        Backfill.run(database, "case_officers", JdbcCaseStore::indexOfficers);
    }

    private record Numbered(long number, CaseEntry entry) {}

    private static Optional<String> indexOfficers(JdbcTx tx, String after) {
        List<Numbered> portion =
                tx.query(
                        "SELECT number, entry FROM cases WHERE number > ? ORDER BY number LIMIT ?",
                        row -> new Numbered(row.getLong(1), entry(row.getBytes(2))),
                        Long.parseLong(after),
                        BACKFILL_PORTION);
        portion.forEach(each -> insertOfficers(tx, each));
        return portion.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(portion.getLast().number));
    }

    private static void insertOfficers(JdbcTx tx, Numbered of) {
        CaseEntry.Signers signers = of.entry.signers();
        for (UserId officer : Set.of(signers.requester().user(), signers.approver().user())) {
            tx.run(
                    "INSERT INTO case_officers (user_id, number) VALUES (?, ?)",
                    officer.toString(),
                    of.number);
        }
    }

    @Override
    public HeldCase insert(Tx tx, HeldCase draft) {
        JdbcTx jdbc = JdbcTx.of(tx);
        int made =
                jdbc.run(
                        """
                        INSERT INTO cases
                            (id, number, state, entry, changed_ts, prepared, notice_ts)
                        SELECT ?, coalesce(max(number), 0) + 1, ?, ?, ?, false, ? FROM cases
                        WHERE true
                        ON CONFLICT (id) DO NOTHING
                        """,
                        draft.id(),
                        draft.state().toString(),
                        draft.entry().bytes(),
                        draft.changedAt().toEpochMilli(),
                        draft.entry().notice().at().toEpochMilli());
        HeldCase held = find(tx, draft.id()).orElseThrow();
        if (made == 1) {
            insertOfficers(jdbc, new Numbered(held.number(), held.entry()));
            for (CaseScope scope : draft.entry().scope()) {
                jdbc.run(
                        "INSERT INTO case_rooms (room_id, case_id) VALUES (?, ?)",
                        scope.room().value(),
                        draft.id());
            }
        }
        return held;
    }

    @Override
    public Optional<HeldCase> find(Tx tx, String id) {
        return JdbcTx.of(tx).one(OF_ID, JdbcCaseStore::read, id);
    }

    @Override
    public Optional<HeldCase> find(String id) {
        return queries.one(OF_ID, JdbcCaseStore::read, id);
    }

    @Override
    public void update(Tx tx, HeldCase changed) {
        JdbcTx.of(tx)
                .run(
                        """
                        UPDATE cases SET state = ?, entry = ?, changed_ts = ?, refusal = ?
                        WHERE id = ?
                        """,
                        changed.state().toString(),
                        changed.entry().bytes(),
                        changed.changedAt().toEpochMilli(),
                        changed.refusal().orElse(null),
                        changed.id());
    }

    @Override
    public void prepared(Tx tx, String id) {
        JdbcTx.of(tx).run("UPDATE cases SET prepared = true WHERE id = ?", id);
    }

    @Override
    public void told(Tx tx, String id, RoomId room, Instant at) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE case_rooms SET told_ts = ? WHERE case_id = ? AND room_id = ?",
                        at.toEpochMilli(),
                        id,
                        room.value());
    }

    @Override
    public void noticed(Tx tx, String id, Instant at) {
        JdbcTx.of(tx).run("UPDATE cases SET noticed_ts = ? WHERE id = ?", at.toEpochMilli(), id);
    }

    @Override
    public List<HeldCase> page(long before, int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + " FROM cases c WHERE c.number < ? ORDER BY c.number DESC LIMIT ?",
                JdbcCaseStore::read,
                before,
                limit);
    }

    @Override
    public List<HeldCase> page(UserId officer, long before, int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + " FROM case_officers o JOIN cases c ON c.number = o.number"
                        + " WHERE o.user_id = ? AND o.number < ? ORDER BY o.number DESC LIMIT ?",
                JdbcCaseStore::read,
                officer.toString(),
                before,
                limit);
    }

    @Override
    public List<HeldCase> unprepared(int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + " FROM cases c WHERE c.state = 'approved' AND NOT c.prepared"
                        + " ORDER BY c.number LIMIT ?",
                JdbcCaseStore::read,
                limit);
    }

    @Override
    public List<HeldCase> unnoticed(Due last, int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + " FROM cases c WHERE c.state = 'approved' AND c.noticed_ts IS NULL"
                        + " AND (c.notice_ts, c.number) > (?, ?)"
                        + " ORDER BY c.notice_ts, c.number LIMIT ?",
                JdbcCaseStore::read,
                last.at().toEpochMilli(),
                last.number(),
                limit);
    }

    @Override
    public List<RoomId> untold(String id) {
        return queries.query(
                """
                SELECT room_id FROM case_rooms WHERE case_id = ? AND told_ts IS NULL
                ORDER BY room_id
                """,
                row -> new RoomId(row.getString(1)),
                id);
    }

    @Override
    public List<Told> told(Collection<RoomId> rooms, int limit) {
        List<Told> all = new ArrayList<>();
        List<RoomId> listed = List.copyOf(rooms);
        for (int from = 0; from < listed.size(); from += ROOMS_AT_ONCE) {
            List<RoomId> some = listed.subList(from, Math.min(listed.size(), from + ROOMS_AT_ONCE));
            all.addAll(toldOf(some, limit));
        }
        all.sort((a, b) -> b.at().compareTo(a.at()));
        return all.subList(0, Math.min(limit, all.size()));
    }

    private List<Told> toldOf(List<RoomId> rooms, int limit) {
        Object[] arguments = new Object[Queries.padded(rooms.size()) + 1];
        for (int i = 0; i < arguments.length - 1; i++) {
            arguments[i] = rooms.get(Math.min(i, rooms.size() - 1)).value();
        }
        arguments[arguments.length - 1] = limit;
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + ", r.room_id, r.told_ts"
                        + " FROM case_rooms r JOIN cases c ON c.id = r.case_id"
                        + " WHERE r.told_ts IS NOT NULL AND r.room_id IN ("
                        + Queries.marks(rooms.size())
                        + ") ORDER BY r.told_ts DESC LIMIT ?",
                row ->
                        new Told(
                                read(row),
                                new RoomId(row.getString(9)),
                                Instant.ofEpochMilli(row.getLong(10))),
                arguments);
    }

    private static HeldCase read(ResultSet row) throws SQLException {
        long noticed = row.getLong(8);
        return new HeldCase(
                row.getString(1),
                row.getLong(2),
                entry(row.getBytes(3)),
                CaseState.of(row.getString(4)),
                Instant.ofEpochMilli(row.getLong(5)),
                Optional.ofNullable(row.getString(6)),
                row.getBoolean(7),
                noticed == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(noticed)));
    }

    private static CaseEntry entry(byte[] stored) {
        if (!(LogEntry.parse(stored) instanceof CaseEntry entry)) {
            throw new IllegalStateException("a stored case is another entry");
        }
        return entry;
    }
}
