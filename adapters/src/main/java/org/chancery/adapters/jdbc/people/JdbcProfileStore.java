package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// The table of profiles. Display name and avatar have columns of their own, to be searched by.
public final class JdbcProfileStore implements ProfileStore {
    private static final String FIND =
            "SELECT displayname, avatar_url, fields FROM profiles WHERE user_id = ?";

    private final Queries db;

    public JdbcProfileStore(Database database) {
        this.db = database.queries();
    }

    @Override
    public Optional<JsonObject> find(UserId user) {
        return db.one(FIND, JdbcProfileStore::profile, user.toString());
    }

    @Override
    public Optional<JsonObject> find(Tx tx, UserId user) {
        return JdbcTx.of(tx).one(FIND, JdbcProfileStore::profile, user.toString());
    }

    private static JsonObject profile(ResultSet row) throws SQLException {
        JsonObject profile = Json.parseObject(row.getBytes("fields"));
        String name = Columns.text(row, "displayname");
        String avatar = Columns.text(row, "avatar_url");
        if (name != null) {
            profile = profile.with(Profiles.DISPLAYNAME, name);
        }
        return avatar == null ? profile : profile.with(Profiles.AVATAR_URL, avatar);
    }

    @Override
    public void put(Tx tx, UserId user, JsonObject profile) {
        JsonObject rest = profile.without(Profiles.DISPLAYNAME).without(Profiles.AVATAR_URL);
        JdbcTx batch = JdbcTx.of(tx);
        batch.run(
                """
                        INSERT INTO profiles (user_id, displayname, avatar_url, fields)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (user_id) DO UPDATE SET displayname = excluded.displayname,
                            avatar_url = excluded.avatar_url, fields = excluded.fields
                        """,
                user.toString(),
                profile.string(Profiles.DISPLAYNAME).orElse(null),
                profile.string(Profiles.AVATAR_URL).orElse(null),
                rest.bytes());
        UserWords.update(batch, user);
    }

    @Override
    public void delete(Tx tx, UserId user) {
        JdbcTx batch = JdbcTx.of(tx);
        batch.run("DELETE FROM profiles WHERE user_id = ?", user.toString());
        UserWords.update(batch, user);
    }
}
