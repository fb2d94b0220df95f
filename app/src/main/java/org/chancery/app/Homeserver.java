package org.chancery.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.chancery.adapters.crypto.FastEd25519;
import org.chancery.adapters.jdbc.events.JdbcFollowerStore;
import org.chancery.adapters.outbound.Outbound;
import org.chancery.api.client.accounts.SessionAuthenticator;
import org.chancery.api.http.HttpServer;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.records.RecordClock;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.directory.MemberCounts;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.events.LogFeed;
import org.chancery.homeserver.events.RoomScope;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.media.Media;
import org.chancery.homeserver.push.PushSender;
import org.chancery.homeserver.rooms.Identity;

/// The composition root: every object is made here, once, from the ground up. Reading it from top
/// to
/// bottom, with [Stores], [Rooms], [Encryption], [People], [Syncing] and [Doors], is reading the
/// architecture.
final class Homeserver implements AutoCloseable {
    private final Config config;
    private final DataFolder folder;
    private final Stores stores;
    private final Journal journal;
    private final Media media;
    private final Pictures pictures;
    private final Syncing syncing;
    private final Followers followers;
    private final PushSender pushSender;
    private final Governance governance;
    private final SealedRooms sealedRooms;
    private final RecordClock recordClock;
    private final Casework casework;
    private final HttpServer http;
    private final Optional<String> firstAdministrator;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Homeserver(Config config, DataFolder folder) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        this.config = config;
        this.folder = folder;
        this.stores = Stores.open(config, folder);
        Wakeups wakeups = new Wakeups();
        this.journal = journal(stores, wakeups);
        journal.start();
        FastEd25519 signer = new FastEd25519(folder.signingKey(random));
        Identity identity = new Identity(config.serverName(), signer, random);
        Records records = Records.of(config, stores, random, clock);
        Rooms rooms = Rooms.of(config, stores, journal, identity, records, clock);
        EventLog log = rooms.stores().log();
        Encryption encryption = Encryption.of(config, stores, journal, records.inboxes(), clock);
        Outbound outbound = Pushing.outbound(config, clock);
        Pushing pushing = Pushing.of(config, folder, stores, journal, outbound, random, clock);
        People people =
                People.of(
                        config,
                        stores,
                        journal,
                        rooms,
                        List.of(encryption.goneDevices(), pushing.pushers()),
                        List.of((user, _) -> encryption.forget(user)),
                        clock,
                        random);
        this.media = new Media(stores.media(), stores.blobs(), journal, new Secrets(random), clock);
        this.pictures = Pictures.of(stores, media, journal, clock);
        this.syncing =
                Syncing.of(
                        config, stores, journal, wakeups, log, encryption, pushing.bell(), clock);
        this.governance =
                Governance.of(config, folder, stores, journal, records, outbound, random, clock);
        this.followers = followers(stores, journal, wakeups, clock);
        followers.follow(
                LogFeed.of(stores.events()::log),
                RoomScope.ALL,
                pushing.follower(syncing, log, encryption));
        records.follow(followers, stores, log, governance.log(), random, clock);
        this.pushSender = pushing.sender(syncing, log);
        this.sealedRooms =
                SealedRooms.of(config, stores, journal, rooms, encryption, governance, clock);
        this.recordClock = records.clock(governance.log(), rooms, clock);
        this.casework = casework(records, rooms, signer, clock);
        Doors doors = new Doors(config, stores, journal, followers, pushing, clock);
        this.http =
                new HttpServer(
                        doors.listening(),
                        doors.routes(
                                rooms,
                                people,
                                encryption,
                                pictures,
                                syncing,
                                governance,
                                sealedRooms,
                                casework),
                        new SessionAuthenticator(people.authentication()),
                        doors.limits(),
                        clock);
        start();
        this.firstAdministrator = setupLink(people);
        folder.firstAdmin(firstAdministrator);
        people.deactivation().resume();
    }

    private Optional<String> setupLink(People people) {
        return people.invitations()
                .firstAdministrator()
                .map(token -> url() + "/#/setup?token=" + token);
    }

    private Casework casework(Records records, Rooms rooms, FastEd25519 signer, Clock clock) {
        var dossiers =
                records.dossiers(config, stores, journal, followers, governance, signer, clock);
        return Casework.of(folder, stores, rooms, sealedRooms, governance, dossiers, clock);
    }

    private static Journal journal(Stores stores, Wakeups wakeups) {
        return new Journal(
                stores.database(),
                wakeups,
                work -> Thread.ofPlatform().name("committer").unstarted(work));
    }

    private void start() throws IOException {
        http.start();
        syncing.start();
        followers.start();
        pushSender.start();
        governance.start();
        sealedRooms.start();
        recordClock.start();
        casework.start();
    }

    /// What follows the log, and in which rooms.
    private static Followers followers(
            Stores stores, Journal journal, Wakeups wakeups, Clock clock) {
        Followers followers =
                new Followers(
                        new JdbcFollowerStore(stores.database()),
                        journal,
                        wakeups,
                        clock,
                        Thread.ofPlatform().daemon().name("follower-", 1).factory(),
                        Followers.Pace.USUAL);
        followers.follow(
                LogFeed.of(stores.states()::log),
                RoomScope.ALL,
                new MemberCounts(stores.directory(), stores.states()));
        return followers;
    }

    /// Opens the data and listens.
    ///
    /// @throws ConfigFault if the data folder is in use or belongs to another server name
    static Homeserver start(Config config) throws IOException {
        DataFolder folder = DataFolder.open(config.data(), config.serverName());
        return new Homeserver(config, folder);
    }

    /// Where clients reach the server.
    String url() {
        return config.publicUrl(http.port());
    }

    /// The log of this server.
    ServerLog log() {
        return governance.log();
    }

    /// The port without TLS.
    int port() {
        return http.port();
    }

    /// The one-time link by which the first administrator makes an account; empty when there is
    /// one.
    Optional<String> firstAdministrator() {
        return firstAdministrator;
    }

    /// Waits for [#close].
    void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Drains requests, commits what was taken, closes the data.
    @Override
    public synchronized void close() {
        if (stopped.getCount() == 0) {
            return;
        }
        syncing.close();
        media.close();
        http.stop();
        pictures.close();
        pushSender.close();
        followers.close();
        casework.close();
        sealedRooms.close();
        recordClock.close();
        governance.close();
        journal.close();
        stores.database().close();
        folder.close();
        stopped.countDown();
    }
}
