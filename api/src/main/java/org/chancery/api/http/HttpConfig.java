package org.chancery.api.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How the server listens.
///
/// @param queryTokens whether `?access_token=` counts (removed from the spec; for old test suites)
public record HttpConfig(
        List<Listener> listeners, TrustedProxies proxies, boolean queryTokens, Bounds bounds) {
    public HttpConfig {
        listeners = List.copyOf(listeners);
    }

    /// A place to listen at. Port 0 is a free one.
    public record Listener(String host, int port, Optional<Tls> tls) {
        public static Listener plain(String host, int port) {
            return new Listener(host, port, Optional.empty());
        }
    }

    /// PEM files: a certificate with its chain, and its key (PKCS#8, not encrypted).
    public record Tls(Path certificates, Path key) {}

    /// @param connectionsMax connections open at once; more wait to be accepted
    /// @param requestsMax requests at work at once, waiting long-polls too; more get
    ///     `M_LIMIT_EXCEEDED`
    /// @param idle silence after which a connection is closed; longer than any long-poll
    /// @param drain how long a stop waits for what is at work
    public record Bounds(int connectionsMax, int requestsMax, Duration idle, Duration drain) {
        /// A stop can take the whole drain time even when every request has been answered, so that
        /// is less than the few seconds in which service managers expect a stop.
        public static final Bounds DEFAULT =
                new Bounds(20_000, 20_000, Duration.ofSeconds(120), Duration.ofSeconds(3));
    }

    /// Plain HTTP at one place, no proxies trusted.
    public static HttpConfig plain(String host, int port) {
        return new HttpConfig(
                List.of(Listener.plain(host, port)), TrustedProxies.NONE, false, Bounds.DEFAULT);
    }
}
