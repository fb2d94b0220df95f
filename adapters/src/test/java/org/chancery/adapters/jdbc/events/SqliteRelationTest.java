package org.chancery.adapters.jdbc.events;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.protocol.signing.Signer;
import org.chancery.testkit.RelationContract;
import org.chancery.testkit.StoreContract.Opened;
import org.junit.jupiter.api.io.TempDir;

/// Relations over the embedded engine.
final class SqliteRelationTest extends RelationContract {
    @TempDir private Path folder = Path.of("");

    @Override
    protected Opened open() {
        Database database = Database.sqlite(folder.resolve("test.db"));
        RoomNumbers numbers = new RoomNumbers(database);
        return new Opened(
                database,
                new JdbcEventStore(database, numbers),
                new JdbcStateStore(database, numbers),
                database);
    }

    @Override
    protected Signer signer() {
        return BouncyEd25519.generate("test", new SecureRandom());
    }
}
