package org.chancery.api.http;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request as the engine has it: what [Request] is made of. It keeps the engine's types out of
/// every other class.
interface Exchange {
    String method();

    /// The path as it was sent, still encoded.
    String rawPath();

    /// The query as it was sent, without its question mark.
    @Nullable String rawQuery();

    @Nullable String header(String name);

    List<String> headers(String name);

    /// The body's declared length, or -1.
    long contentLength();

    InputStream body();

    /// The address at the other end of the connection, which may be a proxy's.
    InetAddress peer();
}
