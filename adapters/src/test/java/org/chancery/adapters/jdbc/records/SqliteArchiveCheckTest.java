package org.chancery.adapters.jdbc.records;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// The check of the archive over the embedded engine.
final class SqliteArchiveCheckTest extends ArchiveCheckContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
