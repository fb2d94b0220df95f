package org.chancery.protocol.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;

/// The directory of outside data, `-Dchancery.shared`.
final class Shared {
    private Shared() {}

    static Path vectors(String name) {
        var shared = System.getProperty("chancery.shared", "../../shared");
        return Path.of(shared, "vectors", name);
    }

    static JsonArray array(Path file) throws IOException {
        return (JsonArray) Json.parse(Files.readAllBytes(file));
    }
}
