package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.moderation.Report;
import org.chancery.homeserver.moderation.ReportStore;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Table `reports`.
public final class JdbcReportStore implements ReportStore {
    private final Queries queries;

    public JdbcReportStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public long last(Tx tx) {
        return JdbcTx.of(tx)
                .query("SELECT coalesce(max(number), 0) FROM reports", row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public void insert(Tx tx, Report report) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO reports (number, ts, reporter, room_id, event_id, user_id,
                            reason)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                        report.number(),
                        report.ts(),
                        report.reporter().toString(),
                        report.room().map(RoomId::value).orElse(null),
                        report.event().map(EventId::value).orElse(null),
                        report.user().map(UserId::toString).orElse(null),
                        report.reason());
    }

    @Override
    public List<Report> before(long number, int limit) {
        return queries.query(
                """
                SELECT number, ts, reporter, room_id, event_id, user_id, reason FROM reports
                WHERE number < ? ORDER BY number DESC LIMIT ?
                """,
                JdbcReportStore::report,
                number,
                limit);
    }

    private static Report report(ResultSet row) throws SQLException {
        return new Report(
                row.getLong("number"),
                row.getLong("ts"),
                UserId.parse(row.getString("reporter")),
                Optional.ofNullable(Columns.text(row, "room_id")).map(RoomId::new),
                Optional.ofNullable(Columns.text(row, "event_id")).map(EventId::new),
                Optional.ofNullable(Columns.text(row, "user_id")).map(UserId::parse),
                row.getString("reason"));
    }
}
