package org.chancery.adapters.jdbc.push;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.chancery.testkit.PusherContract;
import org.junit.jupiter.api.io.TempDir;

/// The contract of pushers over the embedded engine.
final class SqlitePusherTest extends PusherContract {
    @TempDir private Path folder = Path.of("");

    @Override
    protected Opened open() {
        Database database = Database.sqlite(folder.resolve("test.db"));
        return new Opened(database, new JdbcPusherStore(database), database);
    }
}
