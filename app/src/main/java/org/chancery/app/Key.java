package org.chancery.app;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The keys of the configuration. Each may stand in the file as `server_name = example.org`, in the
/// environment as `CHANCERY_SERVER_NAME`, and as the option `--server-name=example.org`; the later
/// of these wins.
enum Key {
    SERVER_NAME("localhost", "the name in user IDs; fixed at the first start"),
    BIND("127.0.0.1", "the address to listen at"),
    PORT("8008", "the port for clients without TLS; 0 for a free one"),
    TLS_PORT("", "the port for clients with TLS; none if empty"),
    TLS_CERTIFICATE("", "PEM file: the certificate and its chain"),
    TLS_KEY("", "PEM file: the key of the certificate"),
    TRUSTED_PROXIES("", "addresses or networks, by commas, whose X-Forwarded-For is believed"),
    PUBLIC_URL("", "where clients reach this server, if not at bind and port"),
    DATA("data", "the folder of everything that is kept"),
    LOG("", "the folder of the transparency log; in the data folder if empty"),
    LOG_POLICY(
            "",
            "the file that names the witnesses of the log and how many must have seen it (C2SP"
                    + " tlog-policy); none if empty"),
    WITNESSED_LOGS("", "keys of neighbours' logs, by commas, that this server witnesses"),
    DATABASE("", "a jdbc:postgresql: URL; SQLite in the data folder if empty"),
    DATABASE_USER("", "the user of the PostgreSQL database"),
    DATABASE_PASSWORD_FILE("", "the file that holds that user's password"),
    OPEN_REGISTRATION("false", "whether anyone may make an account"),
    REGISTRATION_SHARED_SECRET("", "lets who knows it make accounts; none if empty"),
    DEFAULT_ROOM_VERSION("12", "the version of new rooms"),
    MEDIA_BYTES_MAX("104857600", "the largest upload, in bytes"),
    PUSH_GATEWAYS("*", "hosts of push gateways that may be asked, by commas; none if empty"),
    WEB_PUSH_SERVICES(
            "fcm.googleapis.com,updates.push.services.mozilla.com,*.push.apple.com,"
                    + "*.notify.windows.com",
            "hosts of push services of browsers that may be asked, by commas; none if empty"),
    INSIDE_HOSTS("", "hosts, by commas, that may have private addresses and be asked without TLS"),
    BRAND("Chancery", "what the web client calls this service"),
    USER_DIRECTORY(
            "everybody",
            "who is found by name: everybody, or acquainted for those in the same or in open"
                    + " rooms"),
    UNSAFE_TEST_PROFILE(
            "false",
            "open registration, no rate limits, cheap password hashes, tokens in URLs, rooms of"
                    + " version 11: for test suites only, never with real people");

    private final String usual;
    private final String meaning;

    Key(String usual, String meaning) {
        this.usual = usual;
        this.meaning = meaning;
    }

    /// The value where none is given.
    String usual() {
        return usual;
    }

    /// What it decides, in a line.
    String meaning() {
        return meaning;
    }

    /// As it stands in the file.
    String inFile() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As an option, without its value.
    String option() {
        return "--" + inFile().replace('_', '-');
    }

    /// As an environment variable.
    String variable() {
        return "CHANCERY_" + name();
    }

    static Optional<Key> ofFile(String name) {
        return Arrays.stream(values()).filter(key -> key.inFile().equals(name)).findFirst();
    }

    static Optional<Key> ofOption(String name) {
        return Arrays.stream(values()).filter(key -> key.option().equals(name)).findFirst();
    }

    static Optional<Key> ofVariable(String name) {
        return Arrays.stream(values()).filter(key -> key.variable().equals(name)).findFirst();
    }
}
