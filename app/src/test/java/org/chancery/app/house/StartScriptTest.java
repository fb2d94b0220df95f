package org.chancery.app.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts of the two programs take no Java that is too old for them.
class StartScriptTest {
    private static final int WAIT_SECONDS_MAX = 60;

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"app", "custody"})
    void a_java_that_is_new_enough_is_taken_from_java_home(String program) throws Exception {
        for (String version : new String[] {"25", "25.0.1", "26-ea", "100.0.2"}) {
            Path java = java(version);

            String said = start(program, java);

            assertEquals("started with " + version, said.strip());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "custody"})
    void a_java_that_is_too_old_is_not_started(String program) throws Exception {
        for (String version : new String[] {"1.8.0_402", "17.0.9", "24.0.2"}) {
            Path java = java(version);

            String said = start(program, java);

            assertFalse(said.contains("started with " + version), said);
        }
    }

    /// A folder like a JDK's, whose `java` says only that it was started.
    private Path java(String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve("java-" + version));
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"X\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\necho started with %s\n".formatted(version));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return home;
    }

    private String start(String program, Path java) throws IOException, InterruptedException {
        Path script = Repository.root().resolve(program).resolve("src/dist/bin/chancery");
        ProcessBuilder command = new ProcessBuilder("sh", script.toString(), "version");
        command.environment().put("JAVA_HOME", java.toString());
        Path output = folder.resolve("output");
        Process process = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(WAIT_SECONDS_MAX, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the script did not end");
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
