package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// A running server as an administrator reaches it: by its client API, in the administrator's own
/// name, so that the server knows of each act who did it.
final class AdminClient implements AutoCloseable {
    private static final String CLIENT = "/_matrix/client/v3";
    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final long ANSWER_BYTES_MAX = 8L << 20;

    /// Names that mean this machine, to which a password may go in clear.
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final HttpClient http;
    private final String server;
    private String token = "";
    private boolean signedIn;

    private AdminClient(HttpClient http, String server) {
        this.http = http;
        this.server = server;
    }

    /// @param url where the server is: `https://`, or `http://` on this machine
    static AdminClient of(String url) {
        URI uri = parsed(url);
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (uri.getHost() == null || !(secure || "http".equalsIgnoreCase(uri.getScheme()))) {
            throw misused("--server must be a URL like https://chat.example.org, not " + url);
        }
        if (!secure && !HERE.contains(uri.getHost())) {
            throw misused(
                    "Over http:// the password could be read on the way to "
                            + uri.getHost()
                            + ". Use https://, or run this command on the server's machine.");
        }
        HttpClient http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT_MAX)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
        return new AdminClient(http, url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    private static URI parsed(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            throw misused("--server is no URL: " + url);
        }
    }

    private static CommandFault misused(String message) {
        return new CommandFault(CommandFault.MISUSED, message);
    }

    /// An answer.
    record Answer(int status, JsonObject json) {
        boolean isOk() {
            return status == 200;
        }

        boolean is(String errcode) {
            return json.string("errcode").orElse("").equals(errcode);
        }
    }

    /// Opens a session, which [#close] ends.
    ///
    /// @return the user's full id
    String signIn(String name, String password) {
        JsonObject body =
                JsonObject.of("type", "m.login.password")
                        .with("identifier", JsonObject.of("type", "m.id.user").with("user", name))
                        .with("password", password)
                        .with("initial_device_display_name", "chancery user");
        Answer answer = send("POST", CLIENT + "/login", body);
        if (answer.is("M_FORBIDDEN")) {
            throw refused("The server knows no " + name + " with that password.");
        }
        JsonObject session = done(answer);
        token = session.string("access_token").orElseThrow(() -> foreign(answer));
        signedIn = true;
        return session.string("user_id").orElseThrow(() -> foreign(answer));
    }

    /// Uses a session that is open already and stays so.
    ///
    /// @return the user's full id
    String use(String accessToken) {
        token = accessToken;
        Answer answer = get(CLIENT + "/account/whoami");
        return done(answer).string("user_id").orElseThrow(() -> foreign(answer));
    }

    Answer get(String path) {
        return send("GET", path, JsonObject.EMPTY);
    }

    Answer post(String path, JsonObject body) {
        return send("POST", path, body);
    }

    Answer put(String path, JsonObject body) {
        return send("PUT", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, JsonObject.EMPTY);
    }

    /// A part of a path.
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    /// What the server answered, if it did what was asked.
    JsonObject done(Answer answer) {
        if (answer.isOk()) {
            return answer.json();
        }
        if (answer.is("M_LIMIT_EXCEEDED")) {
            long millis = answer.json().integer("retry_after_ms").orElse(1_000);
            throw refused("Too many tries. Try again in " + (millis / 1_000 + 1) + " s.");
        }
        if (answer.is("M_UNKNOWN_TOKEN") || answer.is("M_MISSING_TOKEN")) {
            throw refused(
                    "The access token is not good any more. Leave "
                            + UserCommand.TOKEN_VARIABLE
                            + " out and sign in with --as NAME.");
        }
        if (answer.is("M_UNRECOGNIZED") || !answer.json().has("errcode")) {
            throw foreign(answer);
        }
        String why = answer.json().string("error").orElse("it does not say why");
        throw refused("The server refused: " + Terminal.harmless(why));
    }

    private static CommandFault refused(String message) {
        return new CommandFault(CommandFault.REFUSED, message);
    }

    private CommandFault foreign(Answer answer) {
        return new CommandFault(
                CommandFault.UNREACHED,
                "What answers at "
                        + server
                        + " is no Chancery server of this version (status "
                        + answer.status()
                        + "). Name yours with --server URL.");
    }

    private Answer send(String method, String path, JsonObject body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server + path))
                        .timeout(ANSWER_MAX)
                        .method(
                                method,
                                method.equals("GET")
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofByteArray(body.bytes()));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
            return new Answer(response.statusCode(), json(response.body()));
        } catch (SSLException e) {
            throw unreached(
                    "The certificate of "
                            + server
                            + " is not trusted here. Give Java its authority: "
                            + "JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE");
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw unreached(
                    "No server answers at "
                            + server
                            + ". Is it running? Name another with --server URL.");
        } catch (IOException e) {
            throw unreached("The connection to " + server + " broke off. Try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreached("Interrupted.");
        }
    }

    private static CommandFault unreached(String message) {
        return new CommandFault(CommandFault.UNREACHED, message);
    }

    private static JsonObject json(byte[] body) {
        try {
            return Json.parseObject(body);
        } catch (MalformedJson e) {
            return JsonObject.EMPTY; // Not one of ours: [#done] says so.
        }
    }

    /// Ends the session that [#signIn] opened.
    ///
    /// @return whether none is left open
    boolean signOut() {
        if (!signedIn) {
            return true;
        }
        signedIn = false;
        return post(CLIENT + "/logout", JsonObject.EMPTY).isOk();
    }

    @Override
    public void close() {
        http.close();
    }
}
