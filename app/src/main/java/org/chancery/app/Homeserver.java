package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.chancery.adapters.crypto.Argon2Passwords;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcAccountStore;
import org.chancery.adapters.jdbc.JdbcDirectoryStore;
import org.chancery.adapters.jdbc.JdbcEventStore;
import org.chancery.adapters.jdbc.JdbcInvitationStore;
import org.chancery.adapters.jdbc.JdbcSessionStore;
import org.chancery.adapters.jdbc.JdbcStateStore;
import org.chancery.api.client.CapabilitiesEndpoints;
import org.chancery.api.client.CreateRoomEndpoints;
import org.chancery.api.client.EventJson;
import org.chancery.api.client.HistoryEndpoints;
import org.chancery.api.client.LoginEndpoints;
import org.chancery.api.client.MembershipEndpoints;
import org.chancery.api.client.RegistrationEndpoints;
import org.chancery.api.client.SendEndpoints;
import org.chancery.api.client.SessionAuthenticator;
import org.chancery.api.client.VersionsEndpoints;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.api.ops.HealthEndpoints;
import org.chancery.api.ops.WellKnownEndpoints;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.rooms.EventPolicy;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.MemberProfiles;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.RoomCreation;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.homeserver.sessions.Authentication;
import org.chancery.homeserver.sessions.Login;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.TokenLife;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.json.JsonObject;

/// The composition root: every object is made here, once, from the ground up. Reading it from top
/// to
/// bottom is reading the architecture.
final class Homeserver implements AutoCloseable {
    private static final int LIMITED_KEYS_MAX = 100_000;
    private static final RateLimiter.Rate LOGIN_RATE =
            new RateLimiter.Rate(10, Duration.ofSeconds(20));
    private static final RateLimiter.Rate UNLIMITED =
            new RateLimiter.Rate(1_000_000_000, Duration.ofNanos(1));

    private final Config config;
    private final DataFolder folder;
    private final Database database;
    private final Journal journal;
    private final HttpServer http;
    private final Optional<String> firstAdministrator;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private Homeserver(Config config, DataFolder folder) throws IOException {
        Clock clock = Clock.systemUTC();
        SecureRandom random = new SecureRandom();
        this.config = config;
        this.folder = folder;
        this.database = database(config, folder);
        Wakeups wakeups = new Wakeups();
        this.journal =
                new Journal(
                        database,
                        wakeups,
                        work -> Thread.ofPlatform().name("committer").unstarted(work));
        journal.start();
        Identity identity = new Identity(config.serverName(), folder.signingKey(random), random);
        Accounts accounts = accounts(config, database, journal, clock, random);
        Rooms rooms = rooms(config, database, journal, identity, clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(operations(config, journal));
        routes.addAll(accountRoutes(config, accounts));
        routes.addAll(roomRoutes(rooms, clock));
        this.http =
                new HttpServer(
                        listening(config),
                        routes,
                        new SessionAuthenticator(accounts.authentication()),
                        RequestLimits.NONE,
                        clock);
        http.start();
        this.firstAdministrator = accounts.invitations().firstAdministrator().map(this::setUpLink);
        folder.firstAdmin(firstAdministrator);
    }

    /// Opens the data and listens.
    ///
    /// @throws ConfigFault if the data folder is in use or belongs to another server name
    static Homeserver start(Config config) throws IOException {
        DataFolder folder = DataFolder.open(config.data(), config.serverName());
        return new Homeserver(config, folder);
    }

    private record Accounts(
            Usernames usernames,
            Passwords passwords,
            Invitations invitations,
            Authentication authentication,
            Sessions sessions,
            Registration registration,
            Login login,
            UserInteractive interactive) {}

    private record Rooms(
            RoomWriter.Stores stores,
            RoomWriter writer,
            RoomCreation creation,
            Memberships memberships,
            RoomReader reader,
            Directory directory) {}

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

    private static Accounts accounts(
            Config config, Database database, Journal journal, Clock clock, SecureRandom random) {
        boolean unsafe = config.unsafeTestProfile();
        Secrets secrets = new Secrets(random);
        JdbcAccountStore store = new JdbcAccountStore(database);
        Usernames usernames = new Usernames(config.serverName(), _ -> false, store, secrets);
        Passwords passwords =
                new Passwords(
                        store,
                        new Argon2Passwords(
                                unsafe ? Argon2Passwords.Cost.CHEAP : Argon2Passwords.Cost.USUAL,
                                random),
                        new RateLimiter(unsafe ? UNLIMITED : LOGIN_RATE, LIMITED_KEYS_MAX, clock));
        Invitations invitations =
                new Invitations(new JdbcInvitationStore(database), store, journal, secrets, clock);
        JdbcSessionStore sessionStore = new JdbcSessionStore(database);
        Authentication authentication = new Authentication(sessionStore, journal, clock);
        Sessions sessions =
                new Sessions(
                        sessionStore,
                        authentication,
                        journal,
                        secrets,
                        clock,
                        TokenLife.USUAL,
                        List.of());
        List<Stage> stages =
                List.of(
                        new Stage.Dummy(),
                        new Stage.RegistrationToken(invitations),
                        new Stage.Password(usernames, passwords));
        return new Accounts(
                usernames,
                passwords,
                invitations,
                authentication,
                sessions,
                new Registration(
                        usernames, store, passwords, invitations, sessions, journal, clock),
                new Login(usernames, store, passwords, sessions, journal),
                new UserInteractive(stages, secrets, clock));
    }

    private static Rooms rooms(
            Config config, Database database, Journal journal, Identity identity, Clock clock) {
        JdbcEventStore events = new JdbcEventStore(database);
        JdbcStateStore states = new JdbcStateStore(database);
        RoomWriter.Stores stores =
                new RoomWriter.Stores(
                        journal, new EventLog(journal, events, states), events, states);
        RoomWriter writer =
                new RoomWriter(
                        stores,
                        new AuthRules(BouncyEd25519.verifier()),
                        EventPolicy.ALLOW_ALL,
                        identity,
                        clock);
        MemberProfiles profiles = _ -> JsonObject.EMPTY;
        Directory directory = new Directory(new JdbcDirectoryStore(database));
        return new Rooms(
                stores,
                writer,
                new RoomCreation(
                        writer, identity, profiles, directory, config.defaultRoomVersion()),
                new Memberships(writer, stores, identity, profiles),
                new RoomReader(stores),
                directory);
    }

    private static List<Route> operations(Config config, Journal journal) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new HealthEndpoints(journal::running).routes());
        routes.addAll(
                new WellKnownEndpoints(config.listening().publicUrl(), JsonObject.EMPTY).routes());
        routes.addAll(new VersionsEndpoints(Set.of()).routes());
        routes.addAll(
                new CapabilitiesEndpoints(
                                config.defaultRoomVersion(),
                                new CapabilitiesEndpoints.Policy(true, false, true))
                        .routes());
        return routes;
    }

    private static List<Route> accountRoutes(Config config, Accounts accounts) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new LoginEndpoints(accounts.login(), accounts.sessions()).routes());
        routes.addAll(
                new RegistrationEndpoints(
                                accounts.registration(),
                                accounts.interactive(),
                                accounts.usernames(),
                                accounts.passwords(),
                                accounts.invitations(),
                                config.registration().open(),
                                false)
                        .routes());
        return routes;
    }

    private static List<Route> roomRoutes(Rooms rooms, Clock clock) {
        EventJson json = new EventJson(rooms.stores().events(), rooms.stores().states(), clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(new CreateRoomEndpoints(rooms.creation()).routes());
        routes.addAll(
                new MembershipEndpoints(rooms.memberships(), rooms.reader(), rooms.directory())
                        .routes());
        routes.addAll(new SendEndpoints(rooms.writer()).routes());
        routes.addAll(new HistoryEndpoints(rooms.reader(), json).routes());
        return routes;
    }

    private static HttpConfig listening(Config config) {
        Config.Listening at = config.listening();
        List<HttpConfig.Listener> listeners = new ArrayList<>();
        listeners.add(HttpConfig.Listener.plain(at.bind(), at.port()));
        at.secure()
                .ifPresent(
                        secure ->
                                listeners.add(
                                        new HttpConfig.Listener(
                                                at.bind(),
                                                secure.port(),
                                                Optional.of(secure.files()))));
        return new HttpConfig(
                listeners, at.proxies(), config.unsafeTestProfile(), HttpConfig.Bounds.DEFAULT);
    }

    private String setUpLink(String token) {
        return url() + "/#/setup?token=" + token;
    }

    /// Where clients reach the server.
    String url() {
        return config.publicUrl(http.port());
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
        http.stop();
        journal.close();
        database.close();
        folder.close();
        stopped.countDown();
    }
}
