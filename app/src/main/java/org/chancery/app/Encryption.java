package org.chancery.app;

import java.time.InstantSource;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.accountdata.ClientData;
import org.chancery.homeserver.accountdata.StoredFilters;
import org.chancery.homeserver.accountdata.Tags;
import org.chancery.homeserver.e2ee.CrossSigning;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.e2ee.GoneDevices;
import org.chancery.homeserver.e2ee.KeptInboxes;
import org.chancery.homeserver.e2ee.KeyBackups;
import org.chancery.homeserver.e2ee.KeyClaims;
import org.chancery.homeserver.e2ee.KeyCounts;
import org.chancery.homeserver.e2ee.KeyQueries;
import org.chancery.homeserver.e2ee.KeyUploads;
import org.chancery.homeserver.e2ee.SessionDevices;
import org.chancery.homeserver.e2ee.SignatureUploads;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.id.UserId;

/// What clients need to encrypt, and what they keep here for themselves.
record Encryption(
        KeyUploads uploads,
        KeyQueries queries,
        KeyClaims claims,
        CrossSigning crossSigning,
        SignatureUploads signatures,
        KeyBackups backups,
        ToDevice toDevice,
        ToDeviceInbox inbox,
        DeviceLists lists,
        KeyCounts counts,
        GoneDevices goneDevices,
        Kept kept) {

    /// Account data in its forms.
    record Kept(AccountData data, ClientData clientData, Tags tags, StoredFilters filters) {}

    /// @param kept the mailboxes that no client empties
    static Encryption of(
            Config config, Stores stores, Journal journal, KeptInboxes kept, InstantSource clock) {
        Stores.Keys keys = stores.keys();
        DeviceDirectory devices = new SessionDevices(stores.sessions());
        DeviceLists lists = new DeviceLists(keys.deviceLists(), stores.states()::peers);
        KeyCounts counts = new KeyCounts(keys.oneTimeKeys());
        ToDeviceInbox inbox = new ToDeviceInbox(journal, keys.toDevice());
        AccountData data = new AccountData(journal, keys.accountData());
        return new Encryption(
                new KeyUploads(
                        journal,
                        keys.keys(),
                        keys.oneTimeKeys(),
                        keys.crossSigning(),
                        devices,
                        lists,
                        counts),
                new KeyQueries(config.serverName(), keys.keys(), keys.crossSigning(), devices),
                new KeyClaims(config.serverName(), journal, keys.oneTimeKeys(), counts),
                new CrossSigning(
                        journal, keys.crossSigning(), devices, lists, BouncyEd25519.verifier()),
                new SignatureUploads(
                        journal, keys.keys(), keys.crossSigning(), lists, BouncyEd25519.verifier()),
                new KeyBackups(journal, keys.backups()),
                new ToDevice(
                        config.serverName(), journal, keys.toDevice(), inbox, devices, kept, clock),
                inbox,
                lists,
                counts,
                new GoneDevices(
                        keys.keys(),
                        keys.oneTimeKeys(),
                        keys.crossSigning(),
                        keys.toDevice(),
                        lists,
                        counts,
                        inbox),
                new Kept(
                        data,
                        new ClientData(data),
                        new Tags(data),
                        new StoredFilters(journal, keys.filters())));
    }

    /// The user has given up the account; the devices have gone with it.
    void forget(UserId user) {
        backups.forget(user);
        crossSigning.forget(user);
        kept.data().forget(user);
        kept.filters().forget(user);
    }
}
