package org.chancery.api.http;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.chancery.protocol.json.JsonObject;

/// What is answered: a status, headers, and a body of bytes or of a stream.
///
/// Headers named here replace the ones that every answer carries (`Cache-Control: no-store`, the
/// content security policy), so media and pages state their own.
public record Response(int status, List<Header> headers, Body body) {
    /// One header of the answer; names are sent as written.
    public record Header(String name, String value) {
        public Header {
            if (value.chars().anyMatch(c -> c < ' ' || c > 0x7E)) {
                throw new IllegalArgumentException("not a header's value, for " + name);
            }
        }
    }

    /// What follows the headers.
    public sealed interface Body {
        /// Bytes that are there. They must not change any more.
        final class Bytes implements Body {
            private final byte[] bytes;

            Bytes(byte[] bytes) {
                this.bytes = bytes;
            }

            byte[] bytes() {
                return bytes;
            }
        }

        /// A stream that is closed when it was sent or could not be.
        record Stream(InputStream in, OptionalLong length) implements Body {}
    }

    /// Keeps other origins from reading an answer, as a page and its parts: without it every answer
    /// says that any origin may.
    public static final Header SAME_ORIGIN =
            new Header("Cross-Origin-Resource-Policy", "same-origin");

    private static final Body NOTHING = new Body.Bytes(new byte[0]);
    private static final Header JSON = new Header("Content-Type", "application/json");
    private static final Header HTML = new Header("Content-Type", "text/html; charset=utf-8");

    public Response {
        headers = List.copyOf(headers);
    }

    public static Response json(JsonObject body) {
        return json(200, body);
    }

    public static Response json(int status, JsonObject body) {
        return json(status, body.bytes());
    }

    /// JSON that is already written.
    public static Response json(int status, byte[] written) {
        return new Response(status, List.of(JSON), new Body.Bytes(written));
    }

    /// `{}`, which most endpoints that only do something answer.
    public static Response ok() {
        return json(JsonObject.EMPTY);
    }

    /// A page. Its content security policy is its own affair: name it with [#with].
    public static Response html(int status, String page) {
        var bytes = page.getBytes(StandardCharsets.UTF_8);
        return new Response(status, List.of(HTML), new Body.Bytes(bytes));
    }

    public static Response bytes(int status, String contentType, byte[] bytes) {
        return new Response(
                status, List.of(new Header("Content-Type", contentType)), new Body.Bytes(bytes));
    }

    public static Response stream(
            int status, String contentType, InputStream in, OptionalLong length) {
        return new Response(
                status,
                List.of(new Header("Content-Type", contentType)),
                new Body.Stream(in, length));
    }

    public static Response redirect(String location) {
        return empty(302).with("Location", location);
    }

    public static Response empty(int status) {
        return new Response(status, List.of(), NOTHING);
    }

    public Response with(String name, String value) {
        return with(List.of(new Header(name, value)));
    }

    public Response with(List<Header> further) {
        var more = new ArrayList<Header>(headers);
        more.addAll(further);
        return new Response(status, more, body);
    }
}
