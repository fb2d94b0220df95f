package org.chancery.app.accounts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.chancery.adapters.crypto.Argon2Passwords;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcAccountStore;
import org.chancery.adapters.jdbc.JdbcInvitationStore;
import org.chancery.adapters.jdbc.JdbcSessionStore;
import org.chancery.api.client.LoginEndpoints;
import org.chancery.api.client.RegistrationEndpoints;
import org.chancery.api.client.SessionAuthenticator;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.accounts.Passwords;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.accounts.Usernames;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.sessions.Authentication;
import org.chancery.homeserver.sessions.DeviceListener;
import org.chancery.homeserver.sessions.Login;
import org.chancery.homeserver.sessions.Registration;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.TokenLife;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// The account rooms behind real HTTP, over SQLite, with a clock that is set by hand.
final class AccountsServer implements AutoCloseable {
    static final String PASSWORD = "correct horse";
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
    private final List<DeviceId> gone = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Database database;
    private final Journal journal;
    private final HttpServer http;
    private final Invitations invitations;

    AccountsServer(Path directory, Door door) {
        InstantSource clock = now::get;
        SecureRandom random = new SecureRandom();
        Secrets secrets = new Secrets(random);
        this.database = Database.sqlite(directory.resolve("test.db"));
        this.journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        var accounts = new JdbcAccountStore(database);
        var store = new JdbcSessionStore(database);
        var usernames = new Usernames(NAME, user -> isBridge(user), accounts, secrets);
        var passwords =
                new Passwords(
                        accounts,
                        new Argon2Passwords(Argon2Passwords.Cost.CHEAP, random),
                        new RateLimiter(PASSWORDS, 1_000, clock));
        this.invitations =
                new Invitations(
                        new JdbcInvitationStore(database), accounts, journal, secrets, clock);
        var authentication = new Authentication(store, journal, clock);
        var sessions =
                new Sessions(
                        store,
                        authentication,
                        journal,
                        secrets,
                        clock,
                        TokenLife.USUAL,
                        List.of(new Goodbyes()));
        var login = new Login(usernames, accounts, passwords, sessions, journal);
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
        this.http =
                new HttpServer(
                        HttpConfig.plain("127.0.0.1", 0),
                        routes,
                        new SessionAuthenticator(authentication),
                        RequestLimits.NONE,
                        clock);
        try {
            http.start();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
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

    Answer post(String path, JsonObject body) {
        return call("POST", path, "", body);
    }

    Answer get(String path, String token) {
        return call("GET", path, token, JsonObject.EMPTY);
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
