package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a long play measured, under its name in the file that `-Dchancery.figures=FILE` names;
/// nothing is written where none is named.
final class Figures {
    private final String play;
    private JsonObject taken = JsonObject.EMPTY;

    Figures(String play) {
        this.play = play;
    }

    void take(String name, long figure) {
        taken = taken.with(name, figure);
    }

    /// Adds them to what other plays have written there.
    void write() throws IOException {
        @Nullable String name = System.getProperty("chancery.figures");
        if (name == null) {
            return;
        }
        Path file = Path.of(name);
        JsonObject all =
                Files.exists(file) ? Json.parseObject(Files.readAllBytes(file)) : JsonObject.EMPTY;
        Files.write(file, all.with(play, taken).bytes());
    }
}
