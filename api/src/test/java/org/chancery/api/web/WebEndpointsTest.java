package org.chancery.api.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.HttpServer;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The web client over real HTTP, from a folder that stands for its jar.
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebEndpointsTest {
    private static final Endpoint API =
            Endpoint.get("/_matrix/client/versions").auth(Auth.NONE).aliases("/open");

    /// Too large to be kept in memory.
    private static final byte[] LARGE = new byte[300_000];

    @TempDir private static Path folder = Path.of("");
    private HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    void build() throws IOException {
        Arrays.fill(LARGE, (byte) 7);
        write("index.html", "<!doctype html>chats");
        write("console.html", "<!doctype html>console");
        write("sw.js", "self");
        write("manifest.webmanifest", "{}");
        write("assets/app-1a2b.js", "plain script");
        write("assets/app-1a2b.js.br", "brotli");
        write("assets/app-1a2b.js.gz", "gzipped");
        write("assets/crypto-3c.wasm", LARGE);
        write("secret.txt", "not on the list");
        write(
                "files.json",
                """
                {"files":{
                  "index.html":{"hash":"h1","bytes":20},
                  "console.html":{"hash":"h2","bytes":22},
                  "sw.js":{"hash":"h3","bytes":4},
                  "manifest.webmanifest":{"hash":"h4","bytes":2},
                  "assets/app-1a2b.js":{"hash":"h5","bytes":12,"br":6,"gz":7},
                  "assets/crypto-3c.wasm":{"hash":"h6","bytes":300000}}}
                """);
        start(false);
    }

    @AfterAll
    void stop() {
        server.close();
        client.close();
    }

    private void write(String name, String text) throws IOException {
        write(name, text.getBytes(UTF_8));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(WebFiles.FOLDER + name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private void start(boolean secure) throws IOException {
        var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
        var web =
                new WebEndpoints(
                        new WebFiles(loader),
                        () -> JsonObject.of("brand", "City of Delft"),
                        secure);
        List<Route> routes = new ArrayList<>(web.routes());
        routes.add(API.by(_ -> Response.ok()));
        server =
                new HttpServer(
                        HttpConfig.plain("127.0.0.1", 0),
                        routes,
                        (_, _) -> {
                            throw new MatrixError.UnknownToken("nobody", false).asException();
                        },
                        RequestLimits.NONE,
                        InstantSource.system());
        server.start();
    }

    private HttpResponse<byte[]> ask(String method, String path, String... headers) {
        var uri = URI.create("http://127.0.0.1:" + server.port() + path);
        var request = HttpRequest.newBuilder(uri).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> get(String path, String... headers) {
        return ask("GET", path, headers);
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @ParameterizedTest
    @CsvSource({
        "/, <!doctype html>chats, text/html; charset=utf-8",
        "/index.html, <!doctype html>chats, text/html; charset=utf-8",
        "/?token=1, <!doctype html>chats, text/html; charset=utf-8",
        "/console.html, <!doctype html>console, text/html; charset=utf-8",
        "/console, <!doctype html>console, text/html; charset=utf-8",
        "/console/, <!doctype html>console, text/html; charset=utf-8",
        "/sw.js, self, text/javascript; charset=utf-8",
        "/manifest.webmanifest, {}, application/manifest+json",
        "/assets/app-1a2b.js, plain script, text/javascript; charset=utf-8",
    })
    void every_listed_file_is_served_as_what_it_is(String path, String body, String type) {
        var response = get(path);

        assertEquals(200, response.statusCode());
        assertEquals(body, new String(response.body(), UTF_8));
        assertEquals(type, header(response, "Content-Type"));
    }

    @Test
    void a_program_in_wasm_has_the_type_that_browsers_compile() {
        var response = get("/assets/crypto-3c.wasm");

        assertEquals("application/wasm", header(response, "Content-Type"));
        assertArrayEquals(LARGE, response.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip, deflate, br, zstd | br | brotli",
                "BR | br | brotli",
                "gzip | gzip | gzipped",
                "br;q=0, gzip;q=0.5 | gzip | gzipped",
                "* | br | brotli",
                "*;q=0.1, br; q=0.0 | gzip | gzipped",
                "identity |  | plain script",
                "zstd, x-gzip |  | plain script",
            })
    void the_client_gets_the_best_coding_that_it_reads(
            String accepted, String coding, String body) {
        var response = get("/assets/app-1a2b.js", "Accept-Encoding", accepted);

        assertEquals(coding == null ? "" : coding, header(response, "Content-Encoding"));
        assertEquals(body, new String(response.body(), UTF_8));
        assertEquals("Accept-Encoding", header(response, "Vary"));
        assertEquals(body.length(), Integer.parseInt(header(response, "Content-Length")));
    }

    @Test
    void what_has_its_hash_in_its_name_is_kept_for_ever_and_pages_are_looked_at_again() {
        assertEquals(
                "public, max-age=31536000, immutable",
                header(get("/assets/app-1a2b.js"), "Cache-Control"));
        for (String path : List.of("/", "/console.html", "/sw.js", "/client-config.json")) {
            assertEquals("no-cache", header(get(path), "Cache-Control"), path);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"h1\"", "\"h1\"", "*", "\"h0\", W/\"h1\""})
    void a_page_that_the_client_has_already_is_not_sent_again(String tags) {
        var response = get("/", "If-None-Match", tags);

        assertEquals(304, response.statusCode());
        assertEquals(0, response.body().length);
        assertEquals("W/\"h1\"", header(response, "ETag"));
        assertEquals("no-cache", header(response, "Cache-Control"));
        assertEquals(200, get("/", "If-None-Match", "\"h2\"").statusCode());
    }

    @Test
    void head_tells_what_get_would_and_sends_nothing() {
        for (String path : List.of("/", "/assets/crypto-3c.wasm", "/nowhere")) {
            var get = get(path);
            var head = ask("HEAD", path);

            assertEquals(get.statusCode(), head.statusCode());
            assertEquals(header(get, "Content-Length"), header(head, "Content-Length"));
            assertEquals(header(get, "Content-Type"), header(head, "Content-Type"));
            assertEquals(0, head.body().length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret.txt",
                "/files.json",
                "/assets/../index.html",
                "/assets/%2e%2e/index.html",
                "/a%2f..%2f..%2fetc/passwd",
                "/assets/app-1a2b.js.br",
                "//index.html",
                "/assets//app-1a2b.js",
                "/room/!a:b",
                "/index.html/",
                "/assets",
            })
    void what_is_not_on_the_list_is_a_page_that_says_so(String path) {
        var response = get(path);

        assertEquals(404, response.statusCode());
        assertEquals("text/html; charset=utf-8", header(response, "Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/_matrix/client/v3/nowhere", "/_matrix", "/.well-known/matrix/x"})
    void paths_of_programs_are_refused_as_programs_expect(String path) {
        var response = get(path);

        assertEquals(404, response.statusCode());
        assertEquals("application/json", header(response, "Content-Type"));
        assertEquals("*", header(response, "Access-Control-Allow-Origin"));
    }

    @Test
    void every_page_goes_out_with_the_headers_that_guard_it() {
        for (String path : List.of("/", "/nowhere", "/sw.js", "/client-config.json")) {
            var response = get(path);

            String policy = header(response, "Content-Security-Policy");
            assertTrue(policy.startsWith("default-src 'none'; script-src 'self' 'wasm-"), path);
            assertTrue(policy.contains("require-trusted-types-for 'script'; trusted-types "), path);
            assertEquals("nosniff", header(response, "X-Content-Type-Options"), path);
            assertEquals("no-referrer", header(response, "Referrer-Policy"), path);
            assertEquals("same-origin", header(response, "Cross-Origin-Opener-Policy"), path);
            assertEquals("same-origin", header(response, "Cross-Origin-Resource-Policy"), path);
            assertTrue(header(response, "Permissions-Policy").contains("usb=()"), path);
            assertEquals("", header(response, "Access-Control-Allow-Origin"), path);
            assertEquals("", header(response, "Strict-Transport-Security"), path);
        }
        var api = get("/_matrix/client/versions");
        assertEquals("*", header(api, "Access-Control-Allow-Origin"));
        assertEquals(
                "default-src 'none'; frame-ancestors 'none'; sandbox",
                header(api, "Content-Security-Policy"));
    }

    @Test
    void only_a_server_with_tls_forbids_to_come_without() throws IOException {
        server.close();
        start(true);

        assertEquals("max-age=31536000", header(get("/"), "Strict-Transport-Security"));
        again();
    }

    @Test
    void nothing_can_be_written_to_a_page() {
        assertEquals(405, ask("POST", "/").statusCode());
        assertEquals(405, ask("PUT", "/assets/app-1a2b.js").statusCode());
    }

    @Test
    void the_pages_learn_of_the_server_before_anybody_is_signed_in() {
        var response = get("/client-config.json");

        assertEquals("{\"brand\":\"City of Delft\"}", new String(response.body(), UTF_8));
        assertEquals("application/json", header(response, "Content-Type"));
    }

    @Test
    void a_server_without_a_web_client_says_so() throws IOException {
        server.close();
        Files.delete(folder.resolve(WebFiles.FOLDER + WebFiles.LIST));
        start(false);

        var start = get("/");
        assertEquals(200, start.statusCode());
        assertTrue(new String(start.body(), UTF_8).contains("without its web client"));
        assertEquals(404, get("/index.html").statusCode());
        assertEquals(200, get("/client-config.json").statusCode());
        again();
    }

    @Test
    void a_small_file_is_read_once() throws IOException {
        get("/sw.js");
        Files.delete(folder.resolve(WebFiles.FOLDER + "sw.js"));

        assertEquals("self", new String(get("/sw.js").body(), UTF_8));
        again();
    }

    /// As it was for the other tests.
    private void again() throws IOException {
        server.close();
        build();
    }
}
