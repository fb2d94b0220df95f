package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcAccountStore;
import org.chancery.adapters.jdbc.JdbcDirectoryStore;
import org.chancery.adapters.jdbc.JdbcEventStore;
import org.chancery.adapters.jdbc.JdbcInvitationStore;
import org.chancery.adapters.jdbc.JdbcPasswordResetStore;
import org.chancery.adapters.jdbc.JdbcProfileStore;
import org.chancery.adapters.jdbc.JdbcSessionStore;
import org.chancery.adapters.jdbc.JdbcStateStore;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.InvitationStore;
import org.chancery.homeserver.accounts.PasswordResetStore;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.directory.DirectoryStore;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.sessions.SessionStore;

/// Every port to what is durable, over one database.
record Stores(
        Database database,
        AccountStore accounts,
        InvitationStore invitations,
        PasswordResetStore resets,
        ProfileStore profiles,
        SessionStore sessions,
        EventStore events,
        StateStore states,
        DirectoryStore directory) {

    static Stores open(Config config, DataFolder folder) throws IOException {
        Database database = database(config, folder);
        return new Stores(
                database,
                new JdbcAccountStore(database),
                new JdbcInvitationStore(database),
                new JdbcPasswordResetStore(database),
                new JdbcProfileStore(database),
                new JdbcSessionStore(database),
                new JdbcEventStore(database),
                new JdbcStateStore(database),
                new JdbcDirectoryStore(database));
    }

    private static Database database(Config config, DataFolder folder) throws IOException {
        if (config.postgres().isEmpty()) {
            return Database.sqlite(folder.database());
        }
        Config.Postgres postgres = config.postgres().get();
        String password =
                postgres.passwordFile().isPresent()
                        ? Files.readString(postgres.passwordFile().get()).strip()
                        : "";
        return Database.postgres(postgres.url(), postgres.user(), password);
    }
}
