package org.chancery.adapters.jdbc.records;

import java.util.HashMap;
import java.util.Map;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.archive.stock.Digest;
import org.chancery.governance.records.MemberKeyStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// Table `record_member_keys`; it is read inside of transactions only.
public final class JdbcMemberKeyStore implements MemberKeyStore {
    @Override
    public Map<String, Digest> noted(Tx tx, RoomRef room, UserId user) {
        Map<String, Digest> noted = new HashMap<>();
        JdbcTx.of(tx)
                .query(
                        """
                        SELECT key_of, digest FROM record_member_keys
                        WHERE room = ? AND user_id = ?
                        """,
                        row -> Map.entry(row.getString(1), new Digest(row.getString(2))),
                        room.number(),
                        user.toString())
                .forEach(each -> noted.put(each.getKey(), each.getValue()));
        return noted;
    }

    @Override
    public void note(Tx tx, RoomRef room, UserId user, String of, Digest keys) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO record_member_keys (room, user_id, key_of, digest)
                        VALUES (?, ?, ?, ?)
                        ON CONFLICT (room, user_id, key_of)
                        DO UPDATE SET digest = excluded.digest
                        """,
                        room.number(),
                        user.toString(),
                        of,
                        keys.value());
    }

    @Override
    public void forget(Tx tx, RoomRef room, UserId user, String of) {
        JdbcTx.of(tx)
                .run(
                        """
                        DELETE FROM record_member_keys
                        WHERE room = ? AND user_id = ? AND key_of = ?
                        """,
                        room.number(),
                        user.toString(),
                        of);
    }
}
