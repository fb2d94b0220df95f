package org.chancery.adapters.jdbc.events;

import java.security.SecureRandom;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.chancery.adapters.jdbc.directory.JdbcDirectoryStore;
import org.chancery.protocol.signing.Signer;
import org.chancery.testkit.FollowerContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The contract of the followers over a real PostgreSQL, started from the system's binaries.
final class PostgresFollowerTest extends FollowerContract {
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
    protected Opened open() {
        if (database.isEmpty()) {
            database = server.newDatabase();
        }
        Database opened = Database.postgres(server.url(database), server.user(), "");
        RoomNumbers numbers = new RoomNumbers(opened);
        return new Opened(
                opened,
                new JdbcEventStore(opened, numbers),
                new JdbcStateStore(opened, numbers),
                new JdbcDirectoryStore(opened),
                new JdbcFollowerStore(opened),
                opened);
    }

    @Override
    protected Signer signer() {
        return BouncyEd25519.generate("test", new SecureRandom());
    }
}
