package org.chancery.api.http;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request that no engine has looked at, so that every text and byte gets through.
record FakeExchange(
        String method,
        String target,
        Map<String, List<String>> fields,
        InputStream body,
        long contentLength,
        InetAddress peer)
        implements Exchange {

    static FakeExchange from(InetAddress peer, List<String> forwarded) {
        return new FakeExchange(
                "GET",
                "/",
                Map.of("X-Forwarded-For", forwarded),
                InputStream.nullInputStream(),
                0,
                peer);
    }

    static FakeExchange of(
            String method, String target, Map<String, List<String>> fields, byte[] body) {
        return new FakeExchange(
                method,
                target,
                fields,
                new ByteArrayInputStream(body),
                body.length,
                InetAddress.getLoopbackAddress());
    }

    @Override
    public String rawPath() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public @Nullable String rawQuery() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public @Nullable String header(String name) {
        var values = headers(name);
        return values.isEmpty() ? null : values.getFirst();
    }

    @Override
    public List<String> headers(String name) {
        return fields.getOrDefault(name, List.of());
    }
}
