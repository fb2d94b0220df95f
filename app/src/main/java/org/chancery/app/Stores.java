package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import org.chancery.adapters.blobs.DiskBlobs;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.cases.JdbcCaseStore;
import org.chancery.adapters.jdbc.directory.JdbcDirectoryStore;
import org.chancery.adapters.jdbc.events.JdbcEventStore;
import org.chancery.adapters.jdbc.events.JdbcStateHistory;
import org.chancery.adapters.jdbc.events.JdbcStateStore;
import org.chancery.adapters.jdbc.events.RoomNumbers;
import org.chancery.adapters.jdbc.keys.JdbcCrossSigningStore;
import org.chancery.adapters.jdbc.keys.JdbcDeviceListStore;
import org.chancery.adapters.jdbc.keys.JdbcKeyBackupStore;
import org.chancery.adapters.jdbc.keys.JdbcKeyStore;
import org.chancery.adapters.jdbc.keys.JdbcOneTimeKeyStore;
import org.chancery.adapters.jdbc.keys.JdbcToDeviceStore;
import org.chancery.adapters.jdbc.media.JdbcMediaStore;
import org.chancery.adapters.jdbc.people.JdbcAccountDataStore;
import org.chancery.adapters.jdbc.people.JdbcAccountStore;
import org.chancery.adapters.jdbc.people.JdbcFilterStore;
import org.chancery.adapters.jdbc.people.JdbcInvitationStore;
import org.chancery.adapters.jdbc.people.JdbcPasswordResetStore;
import org.chancery.adapters.jdbc.people.JdbcProfileStore;
import org.chancery.adapters.jdbc.people.JdbcReceiptStore;
import org.chancery.adapters.jdbc.people.JdbcReportStore;
import org.chancery.adapters.jdbc.people.JdbcSessionStore;
import org.chancery.adapters.jdbc.people.JdbcUserIndex;
import org.chancery.adapters.jdbc.push.JdbcPusherStore;
import org.chancery.adapters.jdbc.recordrooms.JdbcRecordRoomStore;
import org.chancery.adapters.jdbc.stock.JdbcStockStore;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.rooms.RecordRoomStore;
import org.chancery.governance.stock.StockStore;
import org.chancery.homeserver.accountdata.AccountDataStore;
import org.chancery.homeserver.accountdata.FilterStore;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.InvitationStore;
import org.chancery.homeserver.accounts.PasswordResetStore;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.accounts.UserIndex;
import org.chancery.homeserver.directory.DirectoryStore;
import org.chancery.homeserver.e2ee.CrossSigningStore;
import org.chancery.homeserver.e2ee.DeviceListStore;
import org.chancery.homeserver.e2ee.KeyBackupStore;
import org.chancery.homeserver.e2ee.KeyStore;
import org.chancery.homeserver.e2ee.OneTimeKeyStore;
import org.chancery.homeserver.e2ee.ToDeviceStore;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.media.BlobStore;
import org.chancery.homeserver.media.MediaStore;
import org.chancery.homeserver.moderation.ReportStore;
import org.chancery.homeserver.push.PusherStore;
import org.chancery.homeserver.sessions.SessionStore;

/// Every port to what is durable, over one database.
record Stores(
        Database database,
        AccountStore accounts,
        InvitationStore invitations,
        PasswordResetStore resets,
        ProfileStore profiles,
        UserIndex names,
        SessionStore sessions,
        EventStore events,
        StateStore states,
        DirectoryStore directory,
        ReportStore reports,
        MediaStore media,
        BlobStore blobs,
        PusherStore pushers,
        StockStore stocks,
        RecordRoomStore recordRooms,
        CaseStore cases,
        Keys keys,
        Reading reading) {

    /// What only `/sync` and its like read.
    record Reading(StateHistory history, ReceiptStore receipts) {}

    /// What clients keep here for their encryption and for themselves.
    record Keys(
            KeyStore keys,
            OneTimeKeyStore oneTimeKeys,
            CrossSigningStore crossSigning,
            KeyBackupStore backups,
            DeviceListStore deviceLists,
            ToDeviceStore toDevice,
            AccountDataStore accountData,
            FilterStore filters) {
        static Keys of(Database database) {
            return new Keys(
                    new JdbcKeyStore(database),
                    new JdbcOneTimeKeyStore(database),
                    new JdbcCrossSigningStore(database),
                    new JdbcKeyBackupStore(database),
                    new JdbcDeviceListStore(database),
                    new JdbcToDeviceStore(database),
                    new JdbcAccountDataStore(database),
                    new JdbcFilterStore(database));
        }
    }

    static Stores open(Config config, DataFolder folder) throws IOException {
        Database database = database(config, folder);
        RoomNumbers numbers = new RoomNumbers(database);
        return new Stores(
                database,
                new JdbcAccountStore(database),
                new JdbcInvitationStore(database),
                new JdbcPasswordResetStore(database),
                new JdbcProfileStore(database),
                new JdbcUserIndex(database),
                new JdbcSessionStore(database),
                new JdbcEventStore(database, numbers),
                new JdbcStateStore(database, numbers),
                new JdbcDirectoryStore(database),
                new JdbcReportStore(database),
                new JdbcMediaStore(database),
                new DiskBlobs(folder.media()),
                new JdbcPusherStore(database),
                new JdbcStockStore(database),
                new JdbcRecordRoomStore(database),
                new JdbcCaseStore(database),
                Keys.of(database),
                new Reading(new JdbcStateHistory(database), new JdbcReceiptStore(database)));
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
