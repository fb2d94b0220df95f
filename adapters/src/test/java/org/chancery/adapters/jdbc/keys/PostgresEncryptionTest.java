package org.chancery.adapters.jdbc.keys;

import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/// Encryption and account data over a real PostgreSQL, as over SQLite.
class PostgresEncryptionTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Database empty() {
        return Database.postgres(server.url(server.newDatabase()), server.user(), "");
    }

    @Nested
    class Keys extends KeysTest {
        @Override
        Database database() {
            return empty();
        }
    }

    @Nested
    class Mailboxes extends ToDeviceTest {
        @Override
        Database database() {
            return empty();
        }
    }

    @Nested
    class Signatures extends CrossSigningTest {
        @Override
        Database database() {
            return empty();
        }
    }

    @Nested
    class Backups extends KeyBackupTest {
        @Override
        Database database() {
            return empty();
        }
    }

    @Nested
    class Kept extends AccountDataTest {
        @Override
        Database database() {
            return empty();
        }
    }
}
