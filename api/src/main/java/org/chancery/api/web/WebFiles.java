package org.chancery.api.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The files of the web client, as they lie on the class path.
///
/// The build writes a list of them, `META-INF/chancery-web/files.json`, and what is not on it does
/// not exist: an address is looked up in the list and never becomes a path. The list is read when
/// the first page is asked for, so that a start does not wait for it; small files stay in memory
/// once they have been read.
public final class WebFiles {
    static final String FOLDER = "META-INF/chancery-web/";
    static final String LIST = "files.json";

    private static final int LIST_BYTES_MAX = 1 << 20;
    private static final long KEPT_FILE_BYTES_MAX = 256 * 1024;
    private static final long KEPT_BYTES_MAX = 8 << 20;

    private final ClassLoader loader;
    private volatile @Nullable Map<String, WebFile> files;
    private final ConcurrentHashMap<String, byte[]> kept = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    /// @param loader where the jar of the web client would be
    public WebFiles(ClassLoader loader) {
        this.loader = loader;
    }

    /// Whether this server was built with a web client.
    boolean areThere() {
        return !files().isEmpty();
    }

    Optional<WebFile> find(String path) {
        return Optional.ofNullable(files().get(path));
    }

    /// Worked out when it is first wanted, by whoever comes first or at the same time.
    private Map<String, WebFile> files() {
        Map<String, WebFile> known = files;
        if (known == null) {
            known = list();
            files = known;
        }
        return known;
    }

    /// The bytes of a file in one of its codings.
    InputStream open(WebFile file, Coding coding) {
        String name = FOLDER + file.path() + coding.ending();
        byte[] known = kept.get(name);
        if (known != null) {
            return new ByteArrayInputStream(known);
        }
        long length = file.length(coding);
        if (length > KEPT_FILE_BYTES_MAX || !reserve(length)) {
            return resource(name);
        }
        byte[] bytes = read(name, Math.toIntExact(length));
        if (kept.putIfAbsent(name, bytes) != null) {
            keptBytes.addAndGet(-length); // Somebody else was faster.
        }
        return new ByteArrayInputStream(bytes);
    }

    private boolean reserve(long length) {
        if (keptBytes.addAndGet(length) <= KEPT_BYTES_MAX) {
            return true;
        }
        keptBytes.addAndGet(-length);
        return false;
    }

    private Map<String, WebFile> list() {
        if (loader.getResource(FOLDER + LIST) == null) {
            return Map.of();
        }
        JsonObject list = Json.parseObject(read(FOLDER + LIST, LIST_BYTES_MAX));
        Map<String, WebFile> found = new HashMap<>();
        for (JsonObject.Member each : list.object("files").orElse(JsonObject.EMPTY).entries()) {
            if (each.value() instanceof JsonObject stated) {
                found.put(each.name(), WebFile.of(each.name(), stated));
            }
        }
        return Map.copyOf(found);
    }

    private byte[] read(String name, int most) {
        try (InputStream in = resource(name)) {
            return in.readNBytes(most);
        } catch (IOException e) {
            throw new UncheckedIOException("the web client cannot be read: " + name, e);
        }
    }

    private InputStream resource(String name) {
        InputStream in = loader.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the web client lacks " + name);
        }
        return in;
    }
}
