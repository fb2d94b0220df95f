package org.chancery.adapters.jdbc.log;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// The log beside the embedded engine.
final class SqliteLogTest extends LogContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
