package org.chancery.adapters.jdbc;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.protocol.signing.Signer;
import org.chancery.testkit.FollowerContract;
import org.junit.jupiter.api.io.TempDir;

/// The contract of the followers over the embedded engine.
final class SqliteFollowerTest extends FollowerContract {
    @TempDir private Path folder = Path.of("");

    @Override
    protected Opened open() {
        Database database = Database.sqlite(folder.resolve("test.db"));
        return new Opened(
                database,
                new JdbcEventStore(database),
                new JdbcStateStore(database),
                new JdbcDirectoryStore(database),
                new JdbcFollowerStore(database),
                database);
    }

    @Override
    protected Signer signer() {
        return BouncyEd25519.generate("test", new SecureRandom());
    }
}
