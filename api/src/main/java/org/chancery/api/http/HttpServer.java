package org.chancery.api.http;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/// The HTTP server: HTTP/1.1 and HTTP/2, in clear (h2c) and over TLS (ALPN).
///
/// Each request has a virtual thread, so a long-poll that waits costs a few kilobytes. A stop takes
/// no new requests, lets those at work end for the drain time, and then interrupts them.
public final class HttpServer implements AutoCloseable {
    private static final int HEADER_BYTES_MAX = 32 * 1024;
    private static final int ACCEPT_QUEUE = 1_024;
    private static final long LOOK_MILLIS = 1_000;

    private final HttpConfig config;
    private final Server server;
    private final Dispatcher dispatcher;
    private final List<ServerConnector> connectors;
    private final List<Certificate> certificates = new ArrayList<>();

    public HttpServer(
            HttpConfig config,
            List<Route> routes,
            TokenAuthenticator authenticator,
            RequestLimits limits,
            InstantSource clock) {
        this.config = config;
        var threads = new VirtualThreadPool(0); // Unbounded: the dispatcher bounds the work.
        threads.setName("http");
        this.server = new Server(threads);
        this.connectors = config.listeners().stream().map(this::connector).toList();
        this.dispatcher = new Dispatcher(routes, authenticator, limits, config, clock);
        server.setHandler(new GracefulHandler(new JettyHandler(dispatcher)));
        server.setErrorHandler(HttpServer::refuse);
        server.addBean(new NetworkConnectionLimit(config.bounds().connectionsMax(), server));
        server.setStopTimeout(config.bounds().drain().toMillis());
    }

    /// Listens. Throws when a port is taken or a certificate can't be read.
    public void start() throws IOException {
        try {
            for (var certificate : certificates) {
                certificate.load();
            }
            server.start();
            lookLater();
        } catch (IOException e) {
            stop();
            throw e;
        } catch (Exception e) {
            stop();
            throw new IOException("the HTTP server did not start", e);
        }
    }

    /// Looks for new certificates from time to time, on the engine's own timer.
    private void lookLater() {
        if (!certificates.isEmpty() && server.isRunning()) {
            server.getScheduler()
                    .schedule(
                            () -> {
                                certificates.forEach(Certificate::renew);
                                lookLater();
                            },
                            LOOK_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /// The port of the first listener; that of the system's choice when 0 was wanted.
    public int port() {
        return port(0);
    }

    public int port(int listener) {
        return connectors.get(listener).getLocalPort();
    }

    /// Drains, then stops. Doing it again does nothing.
    public void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            // The drain time is over or a socket was gone already: it is stopped all the same.
            System.getLogger(HttpServer.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "requests were cut off at the stop: " + e.getClass().getName());
        }
        dispatcher.close();
    }

    @Override
    public void close() {
        stop();
    }

    private ServerConnector connector(HttpConfig.Listener listener) {
        var factories = listener.tls().map(this::secure).orElseGet(HttpServer::plain);
        var connector = new ServerConnector(server, 1, 1, factories);
        connector.setHost(listener.host());
        connector.setPort(listener.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setIdleTimeout(config.bounds().idle().toMillis());
        server.addConnector(connector);
        return connector;
    }

    /// Answers what the engine refuses by itself, before there is a request for the dispatcher.
    private static boolean refuse(
            org.eclipse.jetty.server.Request request,
            org.eclipse.jetty.server.Response response,
            Callback callback) {
        boolean undecodable =
                request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable thrown
                        && thrown.getCause() instanceof IllegalArgumentException;
        var answer =
                undecodable
                        ? ErrorResponse.undecodable()
                        : ErrorResponse.ofEngine(response.getStatus());
        JettyHandler.write(answer, response, callback);
        return true;
    }

    private static ConnectionFactory[] plain() {
        var http = http();
        return new ConnectionFactory[] {
            new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)
        };
    }

    private ConnectionFactory[] secure(HttpConfig.Tls files) {
        var certificate = new Certificate(files);
        certificates.add(certificate);
        var tls = certificate.tls();
        var http = http();
        http.addCustomizer(new SecureRequestCustomizer(false));
        var alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        return new ConnectionFactory[] {
            new SslConnectionFactory(tls, alpn.getProtocol()),
            alpn,
            new HTTP2ServerConnectionFactory(http),
            new HttpConnectionFactory(http)
        };
    }

    private static HttpConfiguration http() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES_MAX);
        // Else each connection learns its own headers by heart, in 100 kB: with ten thousand
        // long-polls that is a gigabyte.
        http.setHeaderCacheSize(0);
        // Paths are taken apart by the router, on the bytes as sent: an escaped slash is part of a
        // room alias, not an attack.
        http.setUriCompliance(UriCompliance.UNSAFE);
        return http;
    }
}
