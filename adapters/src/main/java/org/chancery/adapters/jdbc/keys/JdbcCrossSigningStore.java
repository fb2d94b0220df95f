package org.chancery.adapters.jdbc.keys;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.CrossSigningStore;
import org.chancery.homeserver.e2ee.CrossSigningUsage;
import org.chancery.homeserver.e2ee.KeySignature;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.KeyId;

/// Cross-signing in the tables `cross_signing_keys` and `key_signatures`.
public final class JdbcCrossSigningStore implements CrossSigningStore {
    private record Row(UserId user, CrossSigningUsage usage, JsonObject key) {}

    private final Queries reads;

    public JdbcCrossSigningStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public Map<CrossSigningUsage, JsonObject> keys(Tx tx, UserId user) {
        return keys(JdbcTx.of(tx), List.of(user)).getOrDefault(user, Map.of());
    }

    @Override
    public Map<UserId, Map<CrossSigningUsage, JsonObject>> keys(Collection<UserId> users) {
        return keys(reads, users);
    }

    private static Map<UserId, Map<CrossSigningUsage, JsonObject>> keys(
            Queries queries, Collection<UserId> users) {
        Map<UserId, Map<CrossSigningUsage, JsonObject>> byUser = new HashMap<>();
        for (List<String> some : UserLists.of(users)) {
            List<Row> rows =
                    queries.query(
                            "SELECT user_id, usage, key FROM cross_signing_keys WHERE user_id IN ("
                                    + Queries.marks(some.size())
                                    + ")",
                            row ->
                                    new Row(
                                            UserId.parse(row.getString(1)),
                                            usage(row.getString(2)),
                                            Json.parseObject(row.getBytes(3))),
                            some.toArray());
            for (Row row : rows) {
                byUser.computeIfAbsent(row.user(), _ -> new EnumMap<>(CrossSigningUsage.class))
                        .put(row.usage(), row.key());
            }
        }
        return byUser;
    }

    private static CrossSigningUsage usage(String wire) {
        return CrossSigningUsage.valueOf(wire.toUpperCase(Locale.ROOT));
    }

    @Override
    public void putKey(Tx tx, UserId user, CrossSigningUsage usage, JsonObject key) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO cross_signing_keys (user_id, usage, key) VALUES (?, ?, ?)
                        ON CONFLICT (user_id, usage) DO UPDATE SET key = excluded.key
                        """,
                        user.toString(),
                        usage.wire(),
                        key.bytes());
    }

    @Override
    public void deleteKey(Tx tx, UserId user, CrossSigningUsage usage) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM cross_signing_keys WHERE user_id = ? AND usage = ?",
                        user.toString(),
                        usage.wire());
    }

    @Override
    public boolean putSignature(Tx tx, KeySignature signature) {
        return JdbcTx.of(tx)
                        .run(
                                """
                                INSERT INTO key_signatures
                                    (target_user, target_id, signer_user, signer_key, signature)
                                VALUES (?, ?, ?, ?, ?)
                                ON CONFLICT (target_user, target_id, signer_user, signer_key)
                                DO UPDATE SET signature = excluded.signature
                                WHERE key_signatures.signature <> excluded.signature
                                """,
                                signature.target().toString(),
                                signature.targetId(),
                                signature.signer().toString(),
                                signature.key().toString(),
                                signature.signature())
                > 0;
    }

    @Override
    public void deleteSignaturesOn(Tx tx, UserId target, String targetId) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM key_signatures WHERE target_user = ? AND target_id = ?",
                        target.toString(),
                        targetId);
    }

    @Override
    public void deleteSignaturesBy(Tx tx, UserId signer, KeyId key) {
        JdbcTx.of(tx)
                .run(
                        "DELETE FROM key_signatures WHERE signer_user = ? AND signer_key = ?",
                        signer.toString(),
                        key.toString());
    }

    @Override
    public void deleteAll(Tx tx, UserId user) {
        JdbcTx.of(tx).run("DELETE FROM cross_signing_keys WHERE user_id = ?", user.toString());
        JdbcTx.of(tx).run("DELETE FROM key_signatures WHERE target_user = ?", user.toString());
        JdbcTx.of(tx).run("DELETE FROM key_signatures WHERE signer_user = ?", user.toString());
    }

    @Override
    public List<KeySignature> signatures(Collection<UserId> targets, UserId viewer) {
        List<KeySignature> signatures = new ArrayList<>();
        for (List<String> some : UserLists.of(targets)) {
            List<String> arguments = new ArrayList<>(some);
            arguments.add(viewer.toString());
            signatures.addAll(
                    reads.query(
                            "SELECT target_user, target_id, signer_user, signer_key, signature"
                                    + " FROM key_signatures WHERE target_user IN ("
                                    + Queries.marks(some.size())
                                    + ") AND (signer_user = target_user OR signer_user = ?)",
                            row ->
                                    new KeySignature(
                                            UserId.parse(row.getString(1)),
                                            row.getString(2),
                                            UserId.parse(row.getString(3)),
                                            KeyId.parse(row.getString(4)),
                                            row.getString(5)),
                            arguments.toArray()));
        }
        return signatures;
    }
}
