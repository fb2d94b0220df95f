package org.chancery.benchmarks.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.chancery.benchmarks.crash.AckJournal.Ack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AckJournalTest {
    @TempDir Path folder;

    @Test
    void what_was_added_is_read_back_from_the_disk() throws IOException, InterruptedException {
        try (AckJournal journal = new AckJournal(folder.resolve("journal"))) {
            journal.add(new Ack("!a", "c0.0.0", "$1"));
            journal.add(new Ack("!b", "c0.0.1", "$2"));
            journal.add(new Ack("!a", "c0.0.2", "$3"));

            assertEquals(
                    Map.of(
                            "!a",
                            Map.of("c0.0.0", "$1", "c0.0.2", "$3"),
                            "!b",
                            Map.of("c0.0.1", "$2")),
                    journal.read());
        }
    }
}
