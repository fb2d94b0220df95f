package org.chancery.adapters.jdbc.keys;

import java.util.HashSet;
import java.util.Set;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.e2ee.DeviceListStore;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// Changes of users' keys and devices in the table `device_list_changes`.
public final class JdbcDeviceListStore implements DeviceListStore {
    private static final String EVERYONE = "";

    private final Queries reads;

    public JdbcDeviceListStore(Database database) {
        this.reads = database.queries();
    }

    @Override
    public void insert(Tx tx, long position, UserId changed) {
        insert(tx, position, changed, EVERYONE);
    }

    @Override
    public void insert(Tx tx, long position, UserId changed, UserId seenBy) {
        insert(tx, position, changed, seenBy.toString());
    }

    private static void insert(Tx tx, long position, UserId changed, String seenBy) {
        JdbcTx.of(tx)
                .run(
                        """
                        INSERT INTO device_list_changes (position, user_id, seen_by)
                        VALUES (?, ?, ?)
                        ON CONFLICT (seen_by, position, user_id) DO NOTHING
                        """,
                        position,
                        changed.toString(),
                        seenBy);
    }

    @Override
    public Set<UserId> changed(long after, long upTo) {
        return changed(EVERYONE, after, upTo);
    }

    @Override
    public Set<UserId> changedFor(UserId viewer, long after, long upTo) {
        return changed(viewer.toString(), after, upTo);
    }

    private Set<UserId> changed(String seenBy, long after, long upTo) {
        return new HashSet<>(
                reads.query(
                        """
                        SELECT DISTINCT user_id FROM device_list_changes
                        WHERE seen_by = ? AND position > ? AND position <= ?
                        """,
                        row -> UserId.parse(row.getString(1)),
                        seenBy,
                        after,
                        upTo));
    }
}
