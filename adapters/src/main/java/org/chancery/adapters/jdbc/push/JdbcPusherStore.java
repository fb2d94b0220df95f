package org.chancery.adapters.jdbc.push;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.push.Notice;
import org.chancery.homeserver.push.Pusher;
import org.chancery.homeserver.push.PusherStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;

/// Tables `pushers` and `push_notices`.
public final class JdbcPusherStore implements PusherStore {
    private static final String COLUMNS =
            """
            p.id, p.user_id, p.device_id, p.kind, p.app_id, p.pushkey, p.app_name, p.device_name,
            p.profile_tag, p.lang, p.data, p.set_ts, p.after_position, p.activated\
            """;
    private static final String OF_USER =
            "SELECT " + COLUMNS + " FROM pushers p WHERE p.user_id = ? ORDER BY p.set_ts, p.id";

    private final Queries queries;

    public JdbcPusherStore(Database database) {
        this.queries = database.queries();
    }

    @Override
    public List<Pusher> of(UserId user) {
        return queries.query(OF_USER, JdbcPusherStore::pusher, user.toString());
    }

    @Override
    public List<Pusher> of(Tx tx, UserId user) {
        return JdbcTx.of(tx).query(OF_USER, JdbcPusherStore::pusher, user.toString());
    }

    @Override
    public List<UserId> owners() {
        return queries.query(
                "SELECT DISTINCT user_id FROM pushers", row -> UserId.parse(row.getString(1)));
    }

    @Override
    public void put(Tx tx, Pusher pusher) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO pushers
                            (id, user_id, device_id, kind, app_id, pushkey, app_name, device_name,
                            profile_tag, lang, data, set_ts, after_position, activated)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (id) DO UPDATE SET
                            device_id = excluded.device_id,
                            app_name = excluded.app_name,
                            device_name = excluded.device_name,
                            profile_tag = excluded.profile_tag,
                            lang = excluded.lang,
                            after_position = excluded.after_position,
                            activated = excluded.activated
                        """,
                        pusher.id(),
                        pusher.user().toString(),
                        pusher.device().value(),
                        pusher.kind().text(),
                        pusher.key().appId(),
                        pusher.key().pushkey(),
                        pusher.label().app(),
                        pusher.label().device(),
                        pusher.label().profileTag().orElse(null),
                        pusher.label().lang(),
                        pusher.data().bytes(),
                        pusher.standing().setTs(),
                        pusher.standing().after(),
                        pusher.standing().activated());
    }

    @Override
    public void delete(Tx tx, String id) {
        JdbcTx.of(tx).run("DELETE FROM push_notices WHERE pusher_id = ?", id);
        JdbcTx.of(tx).run("DELETE FROM pushers WHERE id = ?", id);
    }

    @Override
    public List<Pusher> ofOthers(Tx tx, Pusher.Key key, UserId user) {
        return JdbcTx.of(tx)
                .query(
                        "SELECT "
                                + COLUMNS
                                + " FROM pushers p"
                                + " WHERE p.app_id = ? AND p.pushkey = ? AND p.user_id <> ?",
                        JdbcPusherStore::pusher,
                        key.appId(),
                        key.pushkey(),
                        user.toString());
    }

    @Override
    public void deleteOf(Tx tx, UserId user, DeviceId device) {
        of(tx, user).stream()
                .filter(pusher -> pusher.device().equals(device))
                .forEach(pusher -> delete(tx, pusher.id()));
    }

    @Override
    public void token(Tx tx, String id, Token token) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE pushers SET token = ?, token_expires_ts = ? WHERE id = ?",
                        token.text(),
                        token.expiresTs(),
                        id);
    }

    @Override
    public Optional<Token> token(Tx tx, String id) {
        return JdbcTx.of(tx)
                .one(
                        """
                        SELECT token, token_expires_ts FROM pushers
                        WHERE id = ? AND token IS NOT NULL
                        """,
                        row -> new Token(row.getString(1), row.getLong(2)),
                        id);
    }

    @Override
    public void add(Tx tx, Notice notice, int most) {
        JdbcTx in = JdbcTx.of(tx);
        boolean gone =
                in.one("SELECT 1 FROM pushers WHERE id = ?", row -> row.getLong(1), notice.pusher())
                        .isEmpty();
        if (gone) {
            return;
        }
        in.run(
                """
                INSERT INTO push_notices (pusher_id, position, tweaks, created_ts)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (pusher_id, position) DO NOTHING
                """,
                notice.pusher(),
                notice.position(),
                notice.tweaks().bytes(),
                notice.createdTs());
        in.run(
                """
                DELETE FROM push_notices WHERE pusher_id = ? AND position <= (
                    SELECT position FROM push_notices WHERE pusher_id = ?
                    ORDER BY position DESC LIMIT 1 OFFSET ?)
                """,
                notice.pusher(),
                notice.pusher(),
                (long) most);
    }

    @Override
    public List<Notice> notices(String pusher, int limit) {
        return queries.query(
                """
                SELECT pusher_id, position, tweaks, created_ts FROM push_notices
                WHERE pusher_id = ? ORDER BY position LIMIT ?
                """,
                row ->
                        new Notice(
                                row.getString(1),
                                row.getLong(2),
                                Json.parseObject(row.getBytes(3)),
                                row.getLong(4)),
                pusher,
                (long) limit);
    }

    @Override
    public void told(Tx tx, Notice notice) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM push_notices WHERE pusher_id = ? AND position = ?",
                        notice.pusher(),
                        notice.position());
    }

    @Override
    public List<Due> due(long nowTs, int limit) {
        return queries.query(
                "SELECT "
                        + COLUMNS
                        + """
                        , p.failures
                        FROM pushers p
                        JOIN (SELECT pusher_id, min(created_ts) AS since FROM push_notices
                            GROUP BY pusher_id) n ON n.pusher_id = p.id
                        WHERE p.retry_ts <= ?
                        ORDER BY n.since, p.id LIMIT ?
                        """,
                row -> new Due(pusher(row), row.getInt("failures")),
                nowTs,
                (long) limit);
    }

    @Override
    public OptionalLong nextTry(long nowTs) {
        return queries.one(
                        """
                        SELECT min(p.retry_ts) AS next FROM pushers p
                        WHERE p.retry_ts > ?
                            AND EXISTS (SELECT 1 FROM push_notices n WHERE n.pusher_id = p.id)
                        """,
                        row -> Columns.number(row, "next"),
                        nowTs)
                .orElse(OptionalLong.empty());
    }

    @Override
    public void tried(Tx tx, String id, int failures, long retryTs) {
        JdbcTx.of(tx)
                .run(
                        "UPDATE pushers SET failures = ?, retry_ts = ? WHERE id = ?",
                        (long) failures,
                        retryTs,
                        id);
    }

    private static Pusher pusher(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new Pusher(
                row.getString("id"),
                UserId.parse(row.getString("user_id")),
                DeviceId.parse(row.getString("device_id")),
                Pusher.Kind.of(kind)
                        .orElseThrow(() -> new IllegalStateException("a pusher of kind " + kind)),
                new Pusher.Key(row.getString("app_id"), row.getString("pushkey")),
                new Pusher.Label(
                        row.getString("app_name"),
                        row.getString("device_name"),
                        Optional.ofNullable(Columns.text(row, "profile_tag")),
                        row.getString("lang")),
                Json.parseObject(row.getBytes("data")),
                new Pusher.Standing(
                        row.getLong("set_ts"),
                        row.getLong("after_position"),
                        row.getBoolean("activated")));
    }
}
