package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.verifier.Main;

/// An export as who gets it reads it, with a policy and the verifier.
record ReadExport(Path folder, Path policy) {
    /// In how many places of a file a bit is flipped.
    private static final int PLACES = Integer.getInteger("chancery.places", 2);

    /// What the verifier says, after its exit code.
    String verify() {
        StringBuilder said = new StringBuilder();
        int exit = Main.run(new String[] {folder.toString(), policy.toString()}, said);
        return exit + "\n" + said;
    }

    void assertVerified() {
        String said = verify();
        assertEquals("0", said.substring(0, 1), said);
    }

    Opened opened() throws IOException {
        return Opened.parse(bytes(ExportLayout.OPENED));
    }

    Completeness completeness() throws IOException {
        return Completeness.parse(bytes(ExportLayout.COMPLETENESS));
    }

    /// What was read, by the ids of the events.
    Map<String, OpenedMessage> messages() throws IOException {
        Map<String, OpenedMessage> messages = new HashMap<>();
        for (String line : lines(ExportLayout.MESSAGES)) {
            OpenedMessage message = OpenedMessage.parse(line.getBytes(UTF_8));
            messages.put(message.event().value(), message);
        }
        return messages;
    }

    /// The signed events, in their order.
    List<JsonObject> events() throws IOException {
        return lines(ExportLayout.EVENTS).stream()
                .map(line -> Json.parseObject(line.getBytes(UTF_8)))
                .toList();
    }

    /// The hashes of the attachments.
    Set<String> attachments() throws Exception {
        Set<String> hashes = new HashSet<>();
        for (String path : paths()) {
            if (path.startsWith("attachments/")) {
                byte[] bytes = Files.readAllBytes(folder.resolve(path));
                hashes.add(
                        UnpaddedBase64.encode(MessageDigest.getInstance("SHA-256").digest(bytes)));
            }
        }
        return hashes;
    }

    /// Every file, with `/` between folders.
    List<String> paths() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    /// Flips one bit at several places of each file, and lets the verifier look each time.
    ///
    /// @return how many bits were flipped
    /// @param missed gets what the verifier did not find, or did not name
    int flipEverywhere(List<String> missed) throws IOException {
        int flipped = 0;
        for (String path : paths()) {
            Path file = folder.resolve(path);
            byte[] right = Files.readAllBytes(file);
            for (int place : places(right.length)) {
                byte[] wrong = right.clone();
                wrong[place] ^= (byte) (1 << (place % 7));
                Files.write(file, wrong);
                String said = verify();
                if (!said.startsWith("1\n") || !said.contains("NO   " + path)) {
                    missed.add(path + ", byte " + place + ": " + said);
                }
                flipped++;
            }
            Files.write(file, right);
        }
        return flipped;
    }

    /// Some places within so many bytes.
    static Set<Integer> places(int length) {
        Set<Integer> places = new TreeSet<>();
        for (int i = 0; i < PLACES && length > 0; i++) {
            places.add((int) ((2L * i + 1) * length / (2L * PLACES)));
        }
        return places;
    }

    private List<String> lines(String path) throws IOException {
        return Files.readString(folder.resolve(path)).lines().toList();
    }

    private byte[] bytes(String path) throws IOException {
        return Files.readAllBytes(folder.resolve(path));
    }
}
