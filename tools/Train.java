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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Makes the cache that halves the time to start and spares the compiler its first minute: runs the
/// packaged server once on a folder of its own, lets two people talk while both wait for news, and
/// stops it, upon which Java writes down the classes it has linked and how often what ran.
///
///     java tools/Train.java app/target/chancery
///
/// The options must be those of `bin/chancery`, else Java refuses the cache.
final class Train {
    private static final Pattern READY = Pattern.compile("Chancery is at (http\\S+)");
    private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");
    private static final Pattern NEXT = Pattern.compile("\"next_batch\":\"([^\"]+)\"");
    private static final Pattern ROOM = Pattern.compile("\"room_id\":\"([^\"]+)\"");
    private static final String NATIVE =
            System.getProperty("os.name").replace("Mac OS X", "Darwin")
                    + "-"
                    + System.getProperty("os.arch").replace("amd64", "x86_64");
    private static final int MESSAGES = 3_000;
    private static final int STOP_SECONDS_MAX = 120;

    /// Most clients stand behind a proxy, which speaks HTTP/1.1 to the server.
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String server;

    /// Someone with an access token who waits for news.
    private final class Person {
        private final String token;
        private String since = "";

        Person(String name) throws IOException, InterruptedException {
            String body =
                    """
                    {"username":"%s","password":"a long training password",
                        "auth":{"type":"m.login.dummy"}}
                    """
                            .formatted(name);
            token = first(TOKEN, Train.this.ask("POST", "/register", body, ""));
        }

        String ask(String method, String path, String body)
                throws IOException, InterruptedException {
            return Train.this.ask(method, path, body, token);
        }

        void sync() throws IOException, InterruptedException {
            since = first(NEXT, ask("GET", "/sync?timeout=0", ""));
        }

        /// Waits in a long-poll for the next message.
        CompletableFuture<Void> listen() {
            HttpRequest request =
                    request("GET", "/sync?timeout=30000&since=" + since, "", token);
            return client.sendAsync(request, BodyHandlers.ofString())
                    .thenAccept(answer -> since = NEXT.matcher(answer.body()).results()
                            .map(found -> found.group(1)).findFirst().orElse(since));
        }
    }

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
                        "-Djdk.reflect.useNativeAccessorOnly=true",
                        "-Djava.locale.providers=SPI",
                        "-Djava.awt.headless=true",
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
        var anne = new Person("anne");
        var bert = new Person("bert");
        ask("GET", "/login", "", "");
        ask("POST", "/login", "{}", "");
        String made = anne.ask("POST", "/createRoom", "{\"preset\":\"public_chat\"}");
        String room = "/rooms/" + first(ROOM, made);
        bert.ask("POST", room + "/join", "{}");
        anne.sync();
        bert.sync();
        for (int i = 0; i < MESSAGES; i++) {
            CompletableFuture<Void> heard = CompletableFuture.allOf(anne.listen(), bert.listen());
            Person speaker = i % 2 == 0 ? anne : bert;
            speaker.ask(
                    "PUT",
                    room + "/send/m.room.message/" + i,
                    "{\"msgtype\":\"m.text\",\"body\":\"" + "training ".repeat(10) + "\"}");
            heard.join();
        }
        anne.ask("GET", room + "/messages?dir=b&limit=10", "");
        anne.ask("GET", room + "/state", "");
        anne.ask("POST", "/keys/query", "{\"device_keys\":{}}");
        anne.ask("GET", "/nowhere", "");
    }

    private String ask(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, token), BodyHandlers.ofString()).body();
    }

    private HttpRequest request(String method, String path, String body, String token) {
        String address = server + "/_matrix/client/v3" + path.replace("!", "%21");
        return HttpRequest.newBuilder(URI.create(address))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .build();
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
