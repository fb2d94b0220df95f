package org.chancery.adapters.jdbc.cases;

import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Cases over a real PostgreSQL, started from the system's binaries.
final class PostgresCasesTest extends CasesContract {
    private static PostgresServer server;
    private String database = "";

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    Database database() {
        if (database.isEmpty()) {
            database = server.newDatabase();
        }
        return Database.postgres(server.url(database), server.user(), "");
    }
}
