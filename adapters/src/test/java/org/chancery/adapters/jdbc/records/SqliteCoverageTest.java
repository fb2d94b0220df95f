package org.chancery.adapters.jdbc.records;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// Coverage over the embedded engine.
final class SqliteCoverageTest extends CoverageContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
