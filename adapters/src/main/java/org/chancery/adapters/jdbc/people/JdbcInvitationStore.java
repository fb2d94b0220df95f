package org.chancery.adapters.jdbc.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.jdbc.Columns;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.accounts.Invitation;
import org.chancery.homeserver.accounts.InvitationStore;
import org.chancery.homeserver.kernel.Tx;

/// The table of registration tokens.
public final class JdbcInvitationStore implements InvitationStore {
    private static final String COLUMNS =
            "id, created_by, created_ts, uses_allowed, uses, expires_ts, makes_admin";

    private static final String FIND =
            "SELECT " + COLUMNS + " FROM invitations WHERE token_hash = ?";

    private final Queries db;

    public JdbcInvitationStore(Database database) {
        this.db = database.queries();
    }

    @Override
    public Optional<Invitation> find(String tokenHash) {
        return db.one(FIND, JdbcInvitationStore::invitation, tokenHash);
    }

    @Override
    public Optional<Invitation> find(Tx tx, String tokenHash) {
        return JdbcTx.of(tx).one(FIND, JdbcInvitationStore::invitation, tokenHash);
    }

    @Override
    public List<Invitation> page(String after, int limit) {
        return db.query(
                "SELECT "
                        + COLUMNS
                        + " FROM invitations WHERE id > ? AND NOT makes_admin ORDER BY id LIMIT ?",
                JdbcInvitationStore::invitation,
                after,
                limit);
    }

    @Override
    public long count(Tx tx) {
        return JdbcTx.of(tx)
                .query("SELECT count(*) FROM invitations", row -> row.getLong(1))
                .getFirst();
    }

    @Override
    public long countValid(Tx tx, long nowTs) {
        return JdbcTx.of(tx)
                .query(
                        """
                        SELECT count(*) FROM invitations
                        WHERE (uses_allowed IS NULL OR uses < uses_allowed)
                            AND (expires_ts IS NULL OR expires_ts > ?)
                        """,
                        row -> row.getLong(1),
                        nowTs)
                .getFirst();
    }

    @Override
    public void insert(Tx tx, String tokenHash, Invitation invitation) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO invitations (token_hash, id, created_by, created_ts,
                            uses_allowed, uses, expires_ts, makes_admin)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        tokenHash,
                        invitation.id(),
                        invitation.createdBy(),
                        invitation.createdTs(),
                        Columns.orNull(invitation.usesAllowed()),
                        invitation.uses(),
                        Columns.orNull(invitation.expiresTs()),
                        invitation.makesAdmin());
    }

    @Override
    public void used(Tx tx, String tokenHash) {
        JdbcTx.of(tx).run("UPDATE invitations SET uses = uses + 1 WHERE token_hash = ?", tokenHash);
    }

    @Override
    public boolean delete(Tx tx, String id) {
        return JdbcTx.of(tx).run("DELETE FROM invitations WHERE id = ?", id) > 0;
    }

    @Override
    public void deleteAdminMaking(Tx tx) {
        JdbcTx.of(tx).run("DELETE FROM invitations WHERE makes_admin");
    }

    @Override
    public void deleteInvalid(Tx tx, long nowTs) {
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM invitations
                        WHERE uses >= uses_allowed OR expires_ts <= ?
                        """,
                        nowTs);
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        return new Invitation(
                row.getString("id"),
                Columns.text(row, "created_by"),
                row.getLong("created_ts"),
                Columns.number(row, "uses_allowed"),
                row.getLong("uses"),
                Columns.number(row, "expires_ts"),
                row.getBoolean("makes_admin"));
    }
}
