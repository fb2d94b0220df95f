package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// The one client: a `POST` over HTTP/1.1 on a connection of its own.
///
/// # Life of a request
/// The address is one of the operator's list, and `https`. Its host is resolved once; of the
/// addresses the first that is public is taken, and the connection goes to that and no other, so
/// that a name that leads elsewhere a moment later leads nowhere. The certificate must be the
/// host's. The answer is read within a time and up to a size, and where it leads on to another
/// place, that is not followed: it is an answer like another.
///
/// It is written by hand as the client of the JDK resolves for itself.
public final class Outbound {
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration WHOLE = Duration.ofSeconds(20);
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final Resolver resolver;
    private final Supplier<SSLSocketFactory> tls;
    private final Hosts inside;
    private final InstantSource clock;

    /// Finds the addresses of a host.
    @FunctionalInterface
    public interface Resolver {
        /// All of them, the best first.
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /// What came back.
    ///
    /// @param type the media type, with its parameters; the empty text where none is told
    /// @param body the beginning of it, if it is long
    public record Answer(int status, String type, String body) {}

    /// @param tls asked for when the first connection is made
    /// @param inside hosts of the operator's own, which may have private addresses and be reached
    ///     without TLS
    public Outbound(
            Resolver resolver, Supplier<SSLSocketFactory> tls, Hosts inside, InstantSource clock) {
        this.resolver = resolver;
        this.tls = tls;
        this.inside = inside;
        this.clock = clock;
    }

    /// Whether something may be sent there, as far as its text tells.
    boolean accepts(URI to, Hosts allowed) {
        String host = to.getHost();
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        if (host == null || to.getRawUserInfo() != null || to.getRawFragment() != null) {
            return false;
        }
        int port = port(to);
        return allowed.has(host, port)
                && (secure || ("http".equalsIgnoreCase(to.getScheme()) && inside.has(host, port)));
    }

    /// Sends something and waits for the answer.
    ///
    /// @throws IOException if it may not be sent, or there is no answer that can be read
    Answer post(URI to, Hosts allowed, Map<String, String> headers, byte[] body)
            throws IOException {
        if (!accepts(to, allowed)) {
            throw new IOException("not on the list of hosts");
        }
        long deadline = clock.millis() + WHOLE.toMillis();
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(pinned(to), port(to)), (int) CONNECTING.toMillis());
            plain.setSoTimeout((int) WHOLE.toMillis());
            boolean secure = "https".equalsIgnoreCase(to.getScheme());
            try (Socket socket = secure ? secured(plain, to) : plain) {
                write(socket.getOutputStream(), to, headers, body);
                var in = new Timed(socket, deadline);
                return AnswerReader.read(new BufferedInputStream(in));
            }
        }
    }

    private InetAddress pinned(URI to) throws IOException {
        boolean anyAddress = inside.has(to.getHost(), port(to));
        String host = to.getHost();
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (InetAddress address : resolver.resolve(bare)) {
            if (anyAddress || Addresses.isPublic(address)) {
                return address;
            }
        }
        throw new IOException("the host has no public address");
    }

    private SSLSocket secured(Socket plain, URI to) throws IOException {
        SSLSocket socket = (SSLSocket) tls.get().createSocket(plain, to.getHost(), port(to), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (to.getHost().matches(".*[A-Za-z].*") && !to.getHost().startsWith("[")) {
            parameters.setServerNames(List.of(new SNIHostName(to.getHost())));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static int port(URI to) {
        if (to.getPort() >= 0) {
            return to.getPort();
        }
        return "http".equalsIgnoreCase(to.getScheme()) ? HTTP : HTTPS;
    }

    private static void write(OutputStream out, URI to, Map<String, String> headers, byte[] body)
            throws IOException {
        String path = to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        String target = to.getRawQuery() == null ? path : path + "?" + to.getRawQuery();
        var head = new StringBuilder();
        head.append("POST ").append(target).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(to.getRawAuthority()).append("\r\n");
        head.append("Connection: close\r\nUser-Agent: Chancery\r\n");
        head.append("Content-Length: ").append(body.length).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        var buffered = new BufferedOutputStream(out);
        buffered.write(head.toString().getBytes(ISO_8859_1));
        buffered.write(body);
        buffered.flush();
    }

    /// What a connection gives before the time is over.
    private final class Timed extends InputStream {
        private final Socket socket;
        private final InputStream in;
        private final long deadline;

        Timed(Socket socket, long deadline) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.deadline = deadline;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            long left = deadline - clock.millis();
            if (left <= 0) {
                throw new SocketTimeoutException("the answer takes too long");
            }
            socket.setSoTimeout((int) left);
            return in.read(into, offset, length);
        }
    }
}
