package org.chancery.adapters.jdbc.recordrooms;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// Record rooms over the embedded engine.
final class SqliteRecordRoomTest extends RecordRoomContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
