package org.chancery.api.web;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// A file of the web client.
///
/// @param path as in the address, without the slash at the start
/// @param hash of its bytes, as the build states it
/// @param bytes its length in each coding that there is; the plain one is always there
record WebFile(String path, String hash, Map<Coding, Long> bytes) {
    private static final String HASHED = "assets/";
    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("html", "text/html; charset=utf-8"),
                    Map.entry("ico", "image/x-icon"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("mjs", "text/javascript; charset=utf-8"),
                    Map.entry("mp3", "audio/mpeg"),
                    Map.entry("ogg", "audio/ogg"),
                    Map.entry("png", "image/png"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    // Browsers compile a stream of no other type.
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("webmanifest", "application/manifest+json"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("woff2", "font/woff2"));

    WebFile {
        bytes = Map.copyOf(bytes);
    }

    /// A line of the client's list.
    static WebFile of(String path, JsonObject stated) {
        Map<Coding, Long> bytes = new EnumMap<>(Coding.class);
        for (Coding coding : Coding.values()) {
            stated.integer(coding.inList()).ifPresent(length -> bytes.put(coding, length));
        }
        Optional<String> hash = stated.string("hash");
        if (hash.isEmpty() || !bytes.containsKey(Coding.PLAIN)) {
            throw new IllegalStateException("the web client's list does not describe " + path);
        }
        return new WebFile(path, hash.get(), bytes);
    }

    /// The media type, by the ending of the name.
    String type() {
        @Nullable String known = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        return known == null ? "application/octet-stream" : known;
    }

    /// Weak, as it is the same for every coding (RFC 9110, 8.8.1).
    String tag() {
        return "W/\"" + hash + "\"";
    }

    /// Whether the name changes with the bytes, so that it can be kept for ever.
    boolean isImmutable() {
        return path.startsWith(HASHED);
    }

    /// The length in a coding that the file has.
    long length(Coding coding) {
        Long length = bytes.get(coding);
        if (length == null) {
            throw new IllegalArgumentException(path + " is not there as " + coding);
        }
        return length;
    }
}
