package org.chancery.adapters.jdbc.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.e2ee.GoneDevices;
import org.chancery.homeserver.e2ee.KeptInboxes;
import org.chancery.homeserver.e2ee.KeyClaims;
import org.chancery.homeserver.e2ee.KeyCounts;
import org.chancery.homeserver.e2ee.KeyQueries;
import org.chancery.homeserver.e2ee.KeyUpload;
import org.chancery.homeserver.e2ee.KeyUploads;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// The rooms of end-to-end encryption over a real database, with devices and peers told by the
/// test.
final class E2eeHouse implements AutoCloseable {
    static final ServerName SERVER = new ServerName("example.org");
    static final UserId ALICE = UserId.parse("@alice:example.org");
    static final UserId BOB = UserId.parse("@bob:example.org");
    static final DeviceId PHONE = new DeviceId("PHONE");
    static final DeviceId LAPTOP = new DeviceId("LAPTOP");

    final Database database;
    final Wakeups wakeups = new Wakeups();
    final Journal journal;
    final Devices devices = new Devices();
    final Map<UserId, Set<UserId>> peers = new HashMap<>();
    final JdbcOneTimeKeyStore oneTimeKeys;
    final JdbcCrossSigningStore crossSigningStore;
    final JdbcKeyStore keyStore;
    final DeviceLists lists;
    final KeyCounts counts;
    final ToDeviceInbox inbox;
    final KeyUploads uploads;
    final KeyQueries queries;
    final KeyClaims claims;
    final ToDevice toDevice;
    final GoneDevices gone;

    /// Devices with their names.
    static final class Devices implements DeviceDirectory {
        private final Map<UserId, Map<DeviceId, String>> named = new HashMap<>();

        synchronized Devices with(UserId user, DeviceId device, String name) {
            named.computeIfAbsent(user, _ -> new LinkedHashMap<>()).put(device, name);
            return this;
        }

        synchronized void without(UserId user, DeviceId device) {
            named.getOrDefault(user, new HashMap<>()).remove(device);
        }

        @Override
        public synchronized Set<DeviceId> devices(Tx tx, UserId user) {
            return Set.copyOf(named.getOrDefault(user, Map.of()).keySet());
        }

        @Override
        public synchronized Map<DeviceId, String> displayNames(UserId user) {
            return Map.copyOf(named.getOrDefault(user, Map.of()));
        }
    }

    E2eeHouse(Database database, InstantSource clock) {
        this.database = database;
        journal = new Journal(database, wakeups, Thread.ofPlatform().factory());
        journal.start();
        keyStore = new JdbcKeyStore(database);
        oneTimeKeys = new JdbcOneTimeKeyStore(database);
        crossSigningStore = new JdbcCrossSigningStore(database);
        var toDeviceStore = new JdbcToDeviceStore(database);
        lists =
                new DeviceLists(
                        new JdbcDeviceListStore(database),
                        (_, user) -> peers.getOrDefault(user, Set.of()));
        counts = new KeyCounts(oneTimeKeys);
        inbox = new ToDeviceInbox(journal, toDeviceStore);
        uploads =
                new KeyUploads(
                        journal, keyStore, oneTimeKeys, crossSigningStore, devices, lists, counts);
        queries = new KeyQueries(SERVER, keyStore, crossSigningStore, devices);
        claims = new KeyClaims(SERVER, journal, oneTimeKeys, counts);
        toDevice =
                new ToDevice(
                        SERVER, journal, toDeviceStore, inbox, devices, KeptInboxes.NONE, clock);
        gone =
                new GoneDevices(
                        keyStore,
                        oneTimeKeys,
                        crossSigningStore,
                        toDeviceStore,
                        lists,
                        counts,
                        inbox);
        devices.with(ALICE, PHONE, "Alice's phone").with(BOB, LAPTOP, "Bob's laptop");
    }

    static JsonObject json(String text) {
        return Json.parseObject(text.replace('\'', '"').getBytes(UTF_8));
    }

    static JsonObject deviceKeys(UserId user, DeviceId device) {
        return json(
                """
                {'user_id': '%1$s', 'device_id': '%2$s', 'algorithms': ['m.megolm.v1.aes-sha2'],
                 'keys': {'ed25519:%2$s': 'fingerprint', 'curve25519:%2$s': 'identity'},
                 'signatures': {'%1$s': {'ed25519:%2$s': 'signed'}}}
                """
                        .formatted(user, device));
    }

    static JsonObject signedKey(String text) {
        return json(
                "{'key': '%s', 'signatures': {'@alice:example.org': {'ed25519:PHONE': 'x'}}}"
                        .formatted(text));
    }

    JsonObject upload(UserId user, DeviceId device, JsonObject body) {
        return uploads.upload(user, device, KeyUpload.parse(body, user, device));
    }

    void uploadOneTimeKey(UserId user, DeviceId device, String id, String key) {
        upload(
                user,
                device,
                JsonObject.of(
                        "one_time_keys", JsonObject.of("signed_curve25519:" + id, signedKey(key))));
    }

    /// The key of the device, or nothing.
    JsonObject claim(UserId user, DeviceId device) {
        return claims.claim(List.of(new KeyClaims.Wish(user, device, "signed_curve25519")))
                .object("one_time_keys")
                .flatMap(users -> users.object(user.toString()))
                .flatMap(ofUser -> ofUser.object(device.value()))
                .orElse(JsonObject.EMPTY);
    }

    /// Waits until what was submitted before is durable.
    void settle() {
        journal.commit(
                new Change<Boolean>() {
                    @Override
                    public int positions() {
                        return 0;
                    }

                    @Override
                    public Boolean apply(Tx tx, long first) {
                        return true;
                    }
                });
    }

    /// Logs a device out as sessions do.
    void logOut(UserId user, DeviceId device) {
        journal.commit(
                new Change<Boolean>() {
                    @Override
                    public int positions() {
                        return 1;
                    }

                    @Override
                    public Boolean apply(Tx tx, long first) {
                        devices.without(user, device);
                        gone.deviceGone(tx, user, device, first);
                        return true;
                    }

                    @Override
                    public List<Touch> touches(Boolean result) {
                        return gone.touches(user, List.of(device));
                    }
                });
    }

    @Override
    public void close() {
        journal.close();
        database.close();
    }
}
