package org.chancery.adapters.jdbc.cases;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// Cases over the embedded engine.
final class SqliteCasesTest extends CasesContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
