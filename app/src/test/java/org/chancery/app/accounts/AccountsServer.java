package org.chancery.app.accounts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.adapters.crypto.Argon2Passwords;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.people.JdbcAccountStore;
import org.chancery.adapters.jdbc.people.JdbcInvitationStore;
import org.chancery.adapters.jdbc.people.JdbcPasswordResetStore;
import org.chancery.adapters.jdbc.people.JdbcProfileStore;
import org.chancery.adapters.jdbc.people.JdbcSessionStore;
import org.chancery.adapters.jdbc.people.JdbcUserIndex;
import org.chancery.api.client.accounts.AccountAdminEndpoints;
import org.chancery.api.client.accounts.AccountEndpoints;
import org.chancery.api.client.accounts.AdminEndpoints;
import org.chancery.api.client.accounts.DeviceEndpoints;
import org.chancery.api.client.accounts.LoginEndpoints;
import org.chancery.api.client.accounts.PeopleAdminEndpoints;
import org.chancery.api.client.accounts.ProfileEndpoints;
import org.chancery.api.client.accounts.RegistrationEndpoints;
import org.chancery.api.client.accounts.SessionAuthenticator;
import org.chancery.api.client.accounts.SharedSecretEndpoints;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.accounts.RemoteProfiles;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.sessions.Authentication;
import org.chancery.homeserver.sessions.Deactivation;
import org.chancery.homeserver.sessions.DeviceListener;
import org.chancery.homeserver.sessions.Login;
import org.chancery.homeserver.sessions.PasswordChanges;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.Restrictions;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.homeserver.sessions.SharedSecret;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.TokenLife;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The account rooms behind real HTTP, over SQLite, with a clock that is set by hand.
final class AccountsServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String SHARED = "/_synapse/admin/v1/register";
    private static final ServerName NAME = new ServerName("hs1");
    private static final RateLimiter.Rate PASSWORDS =
            new RateLimiter.Rate(5, Duration.ofMinutes(1));

    /// How registration stands.
    enum Door {
        OPEN,
        CLOSED
    }

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-08-01T12:00:00Z"));
    private final InstantSource clock = now::get;
    private final List<DeviceId> gone = new CopyOnWriteArrayList<>();
    private final List<UserId> profilesChanged = new CopyOnWriteArrayList<>();
    private final List<String> departures = new CopyOnWriteArrayList<>();
    private final AtomicBoolean failing = new AtomicBoolean();
    private final Secrets secrets;
    private final JdbcAccountStore accounts;
    private final Usernames usernames;
    private final Passwords passwords;
    private final Authentication authentication;
    private final Sessions sessions;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Database database;
    private final Journal journal;
    private final HttpServer http;
    private final Invitations invitations;
    private @Nullable Deactivation deactivation;

    AccountsServer(Path directory, Door door) {
        this.secrets = new Secrets(new SecureRandom());
        this.database = Database.sqlite(directory.resolve("test.db"));
        this.journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        this.accounts = new JdbcAccountStore(database);
        this.usernames = new Usernames(NAME, AccountsServer::isBridge, accounts, secrets);
        this.passwords =
                new Passwords(
                        accounts,
                        new Argon2Passwords(Argon2Passwords.Cost.CHEAP, new SecureRandom()),
                        new RateLimiter(PASSWORDS, 1_000, clock));
        this.invitations =
                new Invitations(
                        new JdbcInvitationStore(database), accounts, journal, secrets, clock);
        var store = new JdbcSessionStore(database);
        this.authentication = new Authentication(store, journal, clock);
        this.sessions =
                new Sessions(
                        store,
                        authentication,
                        journal,
                        secrets,
                        clock,
                        TokenLife.USUAL,
                        List.of(new Goodbyes()));
        this.http =
                new HttpServer(
                        HttpConfig.plain("127.0.0.1", 0),
                        routes(door),
                        new SessionAuthenticator(authentication),
                        RequestLimits.NONE,
                        clock);
        try {
            http.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Route> routes(Door door) {
        var registration =
                new Registration(
                        usernames, accounts, passwords, invitations, sessions, journal, clock);
        var interactive =
                new UserInteractive(
                        List.of(
                                new Stage.Dummy(),
                                new Stage.RegistrationToken(invitations),
                                new Stage.Password(usernames, passwords)),
                        secrets,
                        clock);
        var login = new Login(usernames, accounts, passwords, sessions, journal);
        var profileStore = new JdbcProfileStore(database);
        var profiles =
                new Profiles(
                        profileStore,
                        accounts,
                        usernames,
                        RemoteProfiles.NONE,
                        journal,
                        List.of(profilesChanged::add));
        List<Route> routes = new ArrayList<>(new LoginEndpoints(login, sessions).routes());
        routes.addAll(
                new RegistrationEndpoints(
                                registration,
                                interactive,
                                usernames,
                                passwords,
                                invitations,
                                door == Door.OPEN,
                                false)
                        .routes());
        routes.addAll(
                new SharedSecretEndpoints(
                                new SharedSecret("complement", secrets, clock),
                                registration,
                                usernames,
                                profiles)
                        .routes());
        routes.addAll(new ProfileEndpoints(profiles).routes());
        routes.addAll(new DeviceEndpoints(sessions, interactive).routes());
        routes.addAll(accountRoutes(interactive, profiles, profileStore));
        return routes;
    }

    private List<Route> accountRoutes(
            UserInteractive interactive, Profiles profiles, JdbcProfileStore profileStore) {
        var resets = new JdbcPasswordResetStore(database);
        var changes =
                new PasswordChanges(accounts, resets, passwords, sessions, journal, secrets, clock);
        this.deactivation =
                new Deactivation(
                        accounts,
                        resets,
                        profileStore,
                        sessions,
                        journal,
                        List.of((user, erase) -> deactivated(user, erase)));
        List<Route> routes =
                new ArrayList<>(
                        new AccountEndpoints(changes, deactivation, interactive, passwords)
                                .routes());
        var restrictions = new Restrictions(accounts, usernames, authentication, journal);
        routes.addAll(new AdminEndpoints(restrictions, accounts, sessions).routes());
        routes.addAll(new AccountAdminEndpoints(invitations, changes, "http://hs1").routes());
        routes.addAll(
                new PeopleAdminEndpoints(
                                accounts,
                                new JdbcUserIndex(database),
                                profiles,
                                restrictions,
                                sessions,
                                deactivation)
                        .routes());
        return routes;
    }

    private void deactivated(UserId user, boolean erase) {
        if (failing.getAndSet(false)) {
            throw new IllegalStateException("the rooms are not to be reached");
        }
        departures.add(user + (erase ? " erased" : ""));
    }

    private static boolean isBridge(UserId user) {
        return user.localpart().startsWith("bridge_");
    }

    private final class Goodbyes implements DeviceListener {
        @Override
        public void deviceGone(Tx tx, UserId user, DeviceId device, long position) {
            gone.add(device);
        }
    }

    /// Devices that listeners were told to be gone.
    List<DeviceId> gone() {
        return List.copyOf(gone);
    }

    /// Users of whom listeners were told that their profile changed.
    List<UserId> profilesChanged() {
        return List.copyOf(profilesChanged);
    }

    /// Users of whom listeners were told that they are gone for good.
    List<String> departures() {
        return List.copyOf(departures);
    }

    /// The next departure fails once.
    void failNextDeparture() {
        failing.set(true);
    }

    /// What a start does about departures that were interrupted.
    void resume() {
        Objects.requireNonNull(deactivation).resume();
    }

    Invitations invitations() {
        return invitations;
    }

    void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    /// An answer.
    record Answer(int status, JsonObject json) {
        String errcode() {
            return json.string("errcode").orElse("none");
        }

        String text(String name) {
            return json.string(name).orElseThrow();
        }
    }

    Answer call(String method, String path, String token, JsonObject body) {
        var bytes =
                method.equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(body.bytes());
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path))
                        .method(method, bytes);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Answer post(String path, String token, JsonObject body) {
        return call("POST", path, token, body);
    }

    Answer put(String path, String token, JsonObject body) {
        return call("PUT", path, token, body);
    }

    Answer post(String path, JsonObject body) {
        return call("POST", path, "", body);
    }

    Answer get(String path, String token) {
        return call("GET", path, token, JsonObject.EMPTY);
    }

    /// Makes an administrator, and answers the token of access.
    String admin(String username) {
        var nonce = get(SHARED, "").text("nonce");
        var secret = new SecretKeySpec("complement".getBytes(StandardCharsets.UTF_8), "HmacSHA1");
        var text = String.join("\0", nonce, username, PASSWORD, "admin");
        var body = registration(username).with("nonce", nonce).with("admin", true);
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(secret);
            var proof =
                    HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
            return post(SHARED, body.with("mac", proof)).text("access_token");
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Registers in one request, as test suites do.
    Answer register(String username) {
        return post("/_matrix/client/v3/register", registration(username).with("auth", dummy()));
    }

    static JsonObject registration(String username) {
        return JsonObject.of("username", username).with("password", PASSWORD);
    }

    static JsonObject dummy() {
        return JsonObject.of("type", "m.login.dummy");
    }

    Answer login(String user, String password) {
        return post("/_matrix/client/v3/login", loginBody(user, password));
    }

    static JsonObject loginBody(String user, String password) {
        return JsonObject.of("type", "m.login.password")
                .with("identifier", JsonObject.of("type", "m.id.user").with("user", user))
                .with("password", password);
    }

    Answer whoami(String token) {
        return get("/_matrix/client/v3/account/whoami", token);
    }

    @Override
    public void close() {
        client.close();
        http.close();
        journal.close();
        database.close();
    }
}
