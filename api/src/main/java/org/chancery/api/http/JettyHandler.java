package org.chancery.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;

/// Hands the engine's requests to the [Dispatcher] and writes its answers.
final class JettyHandler extends org.eclipse.jetty.server.Handler.Abstract {
    /// Lets pages of any origin read an answer ("Web Browser Clients"), as the spec wants of what
    /// programs ask. What says that it is for its own origin only goes without.
    private static final HttpFields TO_ALL_ORIGINS =
            HttpFields.build(
                            HttpFields.from(
                                    field("Access-Control-Allow-Origin", "*"),
                                    field(
                                            "Access-Control-Allow-Methods",
                                            "GET, POST, PUT, DELETE, OPTIONS"),
                                    field(
                                            "Access-Control-Allow-Headers",
                                            "X-Requested-With, Content-Type, Authorization")))
                    .asImmutable();

    /// What every answer carries: what keeps a browser from making a page of it.
    private static final HttpFields ALWAYS =
            HttpFields.build(
                            HttpFields.from(
                                    field("X-Content-Type-Options", "nosniff"),
                                    field("Referrer-Policy", "no-referrer"),
                                    field(
                                            "Content-Security-Policy",
                                            "default-src 'none'; frame-ancestors 'none'; sandbox"),
                                    field("Cache-Control", "no-store")))
                    .asImmutable();

    private static final HttpField PREFLIGHT_AGE = field("Access-Control-Max-Age", "86400");
    private static final int STREAM_BYTES = 64 * 1024;

    private final Dispatcher dispatcher;

    JettyHandler(Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    private static HttpField field(String name, String value) {
        return new PreEncodedHttpField(name, value);
    }

    @Override
    public boolean handle(
            org.eclipse.jetty.server.Request in,
            org.eclipse.jetty.server.Response out,
            Callback callback) {
        var exchange = new JettyExchange(in);
        var response = dispatcher.answer(exchange);
        if (response.status() >= 400 || !in.getMethod().equals("GET")) {
            // A body that nobody wanted is read on all the same: over HTTP/2 the rest of it would
            // else be refused by a reset, which some clients take for the answer.
            dispatcher.discardBody(exchange);
        }
        if (in.getMethod().equals("OPTIONS")) {
            out.getHeaders().add(PREFLIGHT_AGE);
        }
        write(response, out, callback);
        return true;
    }

    static void write(Response response, org.eclipse.jetty.server.Response out, Callback callback) {
        out.setStatus(response.status());
        var headers = out.getHeaders();
        headers.add(ALWAYS);
        if (!response.headers().contains(Response.SAME_ORIGIN)) {
            headers.add(TO_ALL_ORIGINS);
        }
        for (var header : response.headers()) {
            if (ALWAYS.contains(header.name())) {
                headers.put(header.name(), header.value());
            } else {
                headers.add(header.name(), header.value());
            }
        }
        if (response.body() instanceof Response.Body.Bytes whole) {
            var bytes = whole.bytes();
            headers.put(HttpHeader.CONTENT_LENGTH, bytes.length);
            out.write(true, ByteBuffer.wrap(bytes), callback);
        } else if (response.body() instanceof Response.Body.Stream stream) {
            writeStream(stream, out, callback);
        }
    }

    /// A stream that breaks off breaks the connection off too, so that nobody takes the part for
    /// the whole.
    private static void writeStream(
            Response.Body.Stream stream, org.eclipse.jetty.server.Response out, Callback callback) {
        stream.length()
                .ifPresent(length -> out.getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
        try (var in = stream.in()) {
            var chunk = new byte[STREAM_BYTES];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                Content.Sink.write(out, false, ByteBuffer.wrap(chunk, 0, read));
            }
        } catch (IOException | RuntimeException broken) {
            callback.failed(broken);
            return;
        }
        out.write(true, null, callback);
    }
}
