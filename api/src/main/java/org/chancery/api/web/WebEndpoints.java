package org.chancery.api.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Response.Header;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonObject;

/// The pages of the web client and their parts (not of the Matrix spec). The client finds its way
/// behind the `#` of an address, so an unknown address is a page that says so.
public final class WebEndpoints {
    static final Endpoint CONFIG = Endpoint.get("/client-config.json").auth(Auth.NONE);
    static final Endpoint PAGES = Endpoint.get("/{path*}").auth(Auth.NONE);

    private static final String INDEX = "index.html";
    private static final String CONSOLE = "console.html";

    /// The names are those of the policies that the client makes: `chancery-worker` for the address
    /// of its worker, `dompurify` for messages with markup.
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
                    + " img-src 'self' blob:; media-src 'self' blob:; font-src 'self';"
                    + " connect-src 'self'; worker-src 'self'; manifest-src 'self';"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
                    + " require-trusted-types-for 'script'; trusted-types chancery-worker"
                    + " dompurify";

    private static final List<Header> ALWAYS =
            List.of(
                    Response.SAME_ORIGIN,
                    new Header("Content-Security-Policy", CONTENT_SECURITY),
                    new Header("Cross-Origin-Opener-Policy", "same-origin"),
                    new Header(
                            "Permissions-Policy",
                            "accelerometer=(), camera=(self), display-capture=(self),"
                                    + " geolocation=(self), gyroscope=(), magnetometer=(),"
                                    + " microphone=(self), midi=(), payment=(), usb=()"));
    private static final Header ONLY_WITH_TLS =
            new Header("Strict-Transport-Security", "max-age=31536000");

    private static final Header LOOK_AGAIN = new Header("Cache-Control", "no-cache");
    private static final Header FOR_EVER =
            new Header("Cache-Control", "public, max-age=31536000, immutable");
    private static final Header BY_CODING = new Header("Vary", "Accept-Encoding");

    private static final String NO_CLIENT =
            page(
                    "No web client here",
                    "This is a Chancery server that was built without its web client. It serves"
                            + " Matrix clients all the same: tell yours this address.");
    private static final String UNKNOWN =
            page("Not found", "There is no such page here. <a href=\"/\">To the start</a>");

    private final WebFiles files;
    private final Supplier<JsonObject> config;
    private final List<Header> headers;

    /// @param config what the pages must know before anybody is signed in
    /// @param secure whether people reach this server by TLS, and shall never do otherwise
    public WebEndpoints(WebFiles files, Supplier<JsonObject> config, boolean secure) {
        this.files = files;
        this.config = config;
        List<Header> all = new ArrayList<>(ALWAYS);
        if (secure) {
            all.add(ONLY_WITH_TLS);
        }
        this.headers = List.copyOf(all);
    }

    public List<Route> routes() {
        return List.of(CONFIG.by(_ -> config()), PAGES.by(this::page));
    }

    private Response config() {
        return Response.json(config.get()).with(headers).with(List.of(LOOK_AGAIN));
    }

    private Response page(Request request) {
        String path = request.path("path");
        if (path.isEmpty() && !files.areThere()) {
            return Response.html(200, NO_CLIENT).with(headers);
        }
        return files.find(named(path))
                .map(file -> file(file, request))
                .orElseGet(() -> Response.html(404, UNKNOWN).with(headers));
    }

    /// The file of an address that names none.
    private static String named(String path) {
        return switch (path) {
            case "" -> INDEX;
            case "console", "console/" -> CONSOLE;
            default -> path;
        };
    }

    private Response file(WebFile file, Request request) {
        Header keeping = file.isImmutable() ? FOR_EVER : LOOK_AGAIN;
        List<Header> all =
                Stream.concat(
                                headers.stream(),
                                Stream.of(BY_CODING, keeping, new Header("ETag", file.tag())))
                        .toList();
        if (isKnown(file, request.header("If-None-Match"))) {
            return Response.empty(304).with(all);
        }
        Coding coding = Coding.best(file.bytes().keySet(), request.header("Accept-Encoding"));
        Response response =
                Response.stream(
                        200,
                        file.type(),
                        files.open(file, coding),
                        OptionalLong.of(file.length(coding)));
        Optional<Header> coded = coding.token().map(it -> new Header("Content-Encoding", it));
        return response.with(all).with(coded.stream().toList());
    }

    /// Whether the client has it already (RFC 9110, 13.1.2).
    private static boolean isKnown(WebFile file, Optional<String> header) {
        return Arrays.stream(header.orElse("").split(",", -1))
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || tag.equals(file.tag()) || isStrong(tag, file));
    }

    /// Some proxies make strong tags of weak ones.
    private static boolean isStrong(String tag, WebFile file) {
        return tag.equals("\"" + file.hash() + "\"");
    }

    private static String page(String title, String text) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <title>%s</title>
                <main>
                <h1>%s</h1>
                <p>%s</p>
                </main>
                </html>
                """
                .formatted(title, title, text);
    }
}
