package org.chancery.adapters.jdbc.events;

import java.security.SecureRandom;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.chancery.protocol.signing.Signer;
import org.chancery.testkit.RelationContract;
import org.chancery.testkit.StoreContract.Opened;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Relations over a real PostgreSQL, started from the system's binaries.
final class PostgresRelationTest extends RelationContract {
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
                opened);
    }

    @Override
    protected Signer signer() {
        return BouncyEd25519.generate("test", new SecureRandom());
    }
}
