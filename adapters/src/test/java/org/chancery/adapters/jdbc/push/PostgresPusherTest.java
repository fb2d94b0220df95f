package org.chancery.adapters.jdbc.push;

import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.chancery.testkit.PusherContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract of pushers over a real PostgreSQL, started from the system's binaries.
final class PostgresPusherTest extends PusherContract {
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
    protected Opened open() {
        Database database = Database.postgres(server.url(server.newDatabase()), server.user(), "");
        return new Opened(database, new JdbcPusherStore(database), database);
    }
}
