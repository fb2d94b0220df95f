import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes the cache of loaded and linked classes that halves the time to start: runs the packaged
/// server once on a folder of its own, lets a person register, make a room and talk in it, and
/// stops it, upon which Java writes the cache.
///
///     java tools/Train.java app/target/chancery
///
/// The options must be those of `bin/chancery`, else Java refuses the cache.
final class Train {
    private static final Pattern READY = Pattern.compile("Chancery is at (http\\S+)");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern ROOM = Pattern.compile("\"room_id\":\"([^\"]+)\"");
    private static final String NATIVE =
            System.getProperty("os.name").replace("Mac OS X", "Darwin")
                    + "-"
                    + System.getProperty("os.arch").replace("amd64", "x86_64");
    private static final int MESSAGES = 20;
    private static final int STOP_SECONDS_MAX = 120;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String server;
    private String token = "";

    private Train(String server) {
        this.server = server;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path home = Path.of(args[0]).toAbsolutePath();
        Path data = Files.createTempDirectory("chancery-train");
        try {
            Path cache = home.resolve("chancery.aot");
            Path draft = home.resolve("chancery.aot.new");
            Files.deleteIfExists(cache);
            Process process = start(home, draft, data);
            new Train(address(process)).converse();
            // Not process.destroy(): it closes the pipe into which Java still writes.
            process.toHandle().destroy();
            if (!process.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS) || !Files.exists(draft)) {
                process.destroyForcibly();
                throw new IOException("the server did not stop, or Java wrote no cache");
            }
            Files.move(draft, cache);
        } finally {
            delete(data);
        }
    }

    private static Process start(Path home, Path cache, Path data) throws IOException {
        Path library = home.resolve("native").resolve(NATIVE);
        List<String> command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        "-XX:+UseCompactObjectHeaders",
                        "-ea:org.chancery...",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Dorg.sqlite.lib.path=" + library,
                        "-jar",
                        home.resolve("chancery.jar").toString(),
                        "serve",
                        "--port=0",
                        "--data=" + data,
                        "--unsafe-test-profile=true");
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /// Reads what the server says until it tells its address, and lets the rest run dry.
    private static String address(Process process) throws IOException {
        var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        var said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
                return ready.group(1);
            }
        }
        throw new IOException("the server did not start:\n" + said);
    }

    private void converse() throws IOException, InterruptedException {
        ask("GET", "/_matrix/client/versions", "");
        ask("GET", "/_matrix/client/v3/login", "");
        String person = "\"username\":\"trainee\",\"password\":\"a long training password\"";
        String answer =
                ask(
                        "POST",
                        "/_matrix/client/v3/register",
                        "{" + person + ",\"auth\":{\"type\":\"m.login.dummy\"}}");
        token = first(TOKEN, answer);
        String room = first(ROOM, ask("POST", "/_matrix/client/v3/createRoom", "{}"));
        for (int i = 0; i < MESSAGES; i++) {
            String path = "/_matrix/client/v3/rooms/" + room + "/send/m.room.message/" + i;
            ask("PUT", path, "{\"msgtype\":\"m.text\",\"body\":\"training\"}");
        }
        ask("GET", "/_matrix/client/v3/sync?timeout=0", "");
        ask("GET", "/_matrix/client/v3/rooms/" + room + "/messages?dir=b&limit=10", "");
        ask("GET", "/_matrix/client/v3/rooms/" + room + "/state", "");
        ask("POST", "/_matrix/client/v3/keys/query", "{\"device_keys\":{}}");
        ask("POST", "/_matrix/client/v3/login", "{}");
        ask("GET", "/_matrix/client/v3/nowhere", "");
    }

    private String ask(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server + path.replace("!", "%21")))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .build();
        return client.send(request, BodyHandlers.ofString()).body();
    }

    private static String first(Pattern pattern, String answer) throws IOException {
        Matcher matcher = pattern.matcher(answer);
        if (!matcher.find()) {
            throw new IOException("no " + pattern + " in " + answer);
        }
        return matcher.group(1);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
