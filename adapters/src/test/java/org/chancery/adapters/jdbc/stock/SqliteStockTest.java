package org.chancery.adapters.jdbc.stock;

import java.nio.file.Path;
import org.chancery.adapters.jdbc.Database;
import org.junit.jupiter.api.io.TempDir;

/// The stock over the embedded engine.
final class SqliteStockTest extends StockContract {
    @TempDir private Path folder = Path.of("");

    @Override
    Database database() {
        return Database.sqlite(folder.resolve("test.db"));
    }
}
