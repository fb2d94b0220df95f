package org.chancery.adapters.jdbc.people;

import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The same over a real PostgreSQL, whose texts have an order of their own.
final class PostgresUserIndexTest extends UserIndexTest {
    private static PostgresServer server;

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
        return Database.postgres(server.url(server.newDatabase()), server.user(), "");
    }
}
