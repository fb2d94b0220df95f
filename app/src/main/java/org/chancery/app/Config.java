package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.adapters.outbound.Hosts;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.TrustedProxies;
import org.chancery.homeserver.directory.UserDirectory;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.verify.MalformedPolicy;
import org.chancery.tlog.verify.Policy;

/// All that the server is told at start: read once, checked once, never changed. [Key] says what
/// each part means.
record Config(
        ServerName serverName,
        Listening listening,
        Path data,
        Transparency log,
        Optional<Postgres> postgres,
        Registration registration,
        RoomVersion defaultRoomVersion,
        long mediaBytesMax,
        UserDirectory.Found userDirectory,
        String brand,
        Outside outside,
        boolean unsafeTestProfile) {

    /// Where the server listens and how clients reach it.
    record Listening(
            String bind,
            int port,
            Optional<SecurePort> secure,
            TrustedProxies proxies,
            Optional<String> publicUrl) {}

    /// A port that speaks TLS.
    record SecurePort(int port, HttpConfig.Tls files) {}

    /// Whom this server may ask.
    ///
    /// @param inside those of the operator's own, at private addresses and without TLS
    record Outside(Hosts pushGateways, Hosts webPushServices, Hosts inside) {}

    /// The log and its neighbours.
    ///
    /// @param folder if not in the data folder
    /// @param witnesses who must have seen it
    /// @param neighbours the keys of the logs that are witnessed here
    record Transparency(
            Optional<Path> folder, Optional<Policy> witnesses, List<VerifierKey> neighbours) {}

    /// A database elsewhere.
    record Postgres(String url, String user, Optional<Path> passwordFile) {}

    /// Who may make an account.
    record Registration(boolean open, Optional<String> sharedSecret) {
        /// The secret is never printed.
        @Override
        public String toString() {
            return "Registration[open=" + open + "]";
        }
    }

    /// Test suites look for the creator of a room in its power levels, where version 12 has none.
    private static final String SUITES_ROOM_VERSION = "11";

    /// @throws ConfigFault naming everything that is wrong
    static Config read(List<String> options, Map<String, String> environment) {
        ConfigSources sources = ConfigSources.read(options, environment);
        Reader reader = new Reader(sources);
        boolean unsafe = reader.flag(Key.UNSAFE_TEST_PROFILE);
        if (unsafe) {
            sources.unlessGiven(Key.DEFAULT_ROOM_VERSION, SUITES_ROOM_VERSION);
        }
        Optional<ServerName> name =
                reader.parsed(Key.SERVER_NAME, "a server name", ServerName::parse);
        Optional<TrustedProxies> proxies =
                reader.parsed(
                        Key.TRUSTED_PROXIES,
                        "a list of addresses",
                        text -> TrustedProxies.of(reader.list(Key.TRUSTED_PROXIES)));
        Optional<RoomVersion> version =
                reader.parsed(
                        Key.DEFAULT_ROOM_VERSION,
                        "a room version from 1 to 12",
                        text -> RoomVersion.of(text).orElseThrow(IllegalArgumentException::new));
        long mediaBytesMax = reader.number(Key.MEDIA_BYTES_MAX, Long.MAX_VALUE);
        Optional<UserDirectory.Found> found =
                reader.parsed(
                        Key.USER_DIRECTORY,
                        "everybody or acquainted",
                        text -> UserDirectory.Found.valueOf(text.toUpperCase(Locale.ROOT)));
        int port = (int) reader.number(Key.PORT, 65_535);
        Optional<SecurePort> secure = reader.securePort();
        Registration registration =
                new Registration(
                        reader.flag(Key.OPEN_REGISTRATION) || unsafe,
                        reader.optional(Key.REGISTRATION_SHARED_SECRET));
        Optional<Postgres> postgres = reader.postgres();
        Optional<Outside> outside = reader.outside();
        Optional<Transparency> log = reader.log();
        if (!sources.faults().isEmpty()) {
            throw new ConfigFault(sources.faults());
        }
        return new Config(
                name.orElseThrow(),
                new Listening(
                        sources.value(Key.BIND),
                        port,
                        secure,
                        proxies.orElseThrow(),
                        reader.optional(Key.PUBLIC_URL)),
                Path.of(sources.value(Key.DATA)),
                log.orElseThrow(),
                postgres,
                registration,
                version.orElseThrow(),
                mediaBytesMax,
                found.orElseThrow(),
                sources.value(Key.BRAND),
                outside.orElseThrow(),
                unsafe);
    }

    /// The address at which clients reach the server.
    String publicUrl(int port) {
        return listening.publicUrl().orElse("http://" + listening.bind() + ":" + port);
    }

    /// Reads values and collects what is wrong with them.
    private record Reader(ConfigSources sources) {
        boolean flag(Key key) {
            return switch (sources.value(key)) {
                case "true" -> true;
                case "false" -> false;
                default -> {
                    fault(key, "true or false");
                    yield false;
                }
            };
        }

        long number(Key key, long max) {
            try {
                long number = Long.parseLong(sources.value(key));
                if (number >= 0 && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                fault(key, "a whole number");
                return 0;
            }
            fault(key, "from 0 to " + max);
            return 0;
        }

        <T> Optional<T> parsed(Key key, String form, Function<String, T> parse) {
            try {
                return Optional.of(parse.apply(sources.value(key)));
            } catch (IllegalArgumentException e) {
                fault(key, form);
                return Optional.empty();
            }
        }

        Optional<String> optional(Key key) {
            return Optional.of(sources.value(key)).filter(text -> !text.isEmpty());
        }

        List<String> list(Key key) {
            return Arrays.stream(sources.value(key).split(",", -1))
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }

        Optional<SecurePort> securePort() {
            if (optional(Key.TLS_PORT).isEmpty()) {
                return Optional.empty();
            }
            int port = (int) number(Key.TLS_PORT, 65_535);
            return Optional.of(
                    new SecurePort(
                            port,
                            new HttpConfig.Tls(file(Key.TLS_CERTIFICATE), file(Key.TLS_KEY))));
        }

        Optional<Outside> outside() {
            Optional<Hosts> gateways = hosts(Key.PUSH_GATEWAYS);
            Optional<Hosts> services = hosts(Key.WEB_PUSH_SERVICES);
            Optional<Hosts> inside = hosts(Key.INSIDE_HOSTS);
            return gateways.isPresent() && services.isPresent() && inside.isPresent()
                    ? Optional.of(new Outside(gateways.get(), services.get(), inside.get()))
                    : Optional.empty();
        }

        Optional<Transparency> log() {
            Optional<Optional<Policy>> witnesses =
                    parsed(
                            Key.LOG_POLICY,
                            "a file of C2SP tlog-policy",
                            path ->
                                    path.isEmpty()
                                            ? Optional.empty()
                                            : Optional.of(policy(Path.of(path))));
            Optional<List<VerifierKey>> neighbours =
                    parsed(
                            Key.WITNESSED_LOGS,
                            "a list of verifier keys",
                            text -> list(Key.WITNESSED_LOGS).stream().map(Reader::key).toList());
            return witnesses.isPresent() && neighbours.isPresent()
                    ? Optional.of(
                            new Transparency(
                                    optional(Key.LOG).map(Path::of),
                                    witnesses.get(),
                                    neighbours.get()))
                    : Optional.empty();
        }

        private static Policy policy(Path file) {
            try {
                return Policy.parse(Files.readAllBytes(file));
            } catch (IOException | MalformedPolicy e) {
                throw new IllegalArgumentException(e);
            }
        }

        private static VerifierKey key(String text) {
            try {
                return VerifierKey.parse(text);
            } catch (MalformedNote e) {
                throw new IllegalArgumentException(e);
            }
        }

        private Optional<Hosts> hosts(Key key) {
            return parsed(key, "a list of hosts", text -> Hosts.of(list(key)));
        }

        Optional<Postgres> postgres() {
            Optional<String> url = optional(Key.DATABASE);
            if (url.isPresent() && !url.get().startsWith("jdbc:postgresql:")) {
                fault(Key.DATABASE, "a jdbc:postgresql: URL");
            }
            return url.map(
                    it ->
                            new Postgres(
                                    it,
                                    sources.value(Key.DATABASE_USER),
                                    optional(Key.DATABASE_PASSWORD_FILE).map(Path::of)));
        }

        private Path file(Key key) {
            Path file = Path.of(sources.value(key));
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                fault(key, "a file that can be read");
            }
            return file;
        }

        private void fault(Key key, String form) {
            sources.faults().add(key.inFile() + " must be " + form);
        }
    }
}
