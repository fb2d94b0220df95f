package org.chancery.archive.entry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;

class LogEntryTest {
    @Test
    void each_kind_of_entry_reads_back_as_it_was_written() {
        for (LogEntry entry : Sample.all()) {
            assertEquals(entry, LogEntry.parse(entry.bytes()));
            assertArrayEquals(entry.bytes(), LogEntry.parse(entry.bytes()).bytes());
        }
    }

    @Test
    void every_kind_is_in_the_sample() {
        Set<Class<?>> kinds = new HashSet<>();

        Sample.all().forEach(entry -> kinds.add(entry.getClass()));

        assertEquals(Set.of(LogEntry.class.getPermittedSubclasses()), kinds);
    }

    @Test
    void no_two_entries_have_one_digest() {
        Set<Digest> digests = new HashSet<>();

        Sample.all().forEach(entry -> assertTrue(digests.add(entry.digest())));
    }

    @Test
    void the_same_entry_in_other_bytes_is_refused() {
        for (LogEntry entry : Sample.all()) {
            String text = new String(entry.bytes(), UTF_8);
            refused(" " + text);
            refused(text + "\n");
            refused(text.replaceFirst(":", ": "));
        }
    }

    @Test
    void a_member_more_or_less_is_refused() {
        for (LogEntry entry : Sample.all()) {
            JsonObject json = Json.parseObject(entry.bytes());
            refused(json.with("extra", 1).toString());
            for (String name : json.names()) {
                refused(json.without(name).toString());
                refused(json.with(name, JsonNull.NULL).toString());
            }
        }
    }

    @Test
    void an_entry_larger_than_a_leaf_is_refused() {
        byte[] large = "x".repeat(LogEntry.BYTES_MAX + 1).getBytes(UTF_8);

        var fault = assertThrows(MalformedArchive.class, () -> LogEntry.parse(large));

        assertEquals("a log entry has more than 65535 bytes", fault.getMessage());
    }

    private static void refused(String text) {
        assertThrows(
                MalformedArchive.class, () -> LogEntry.parse(text.getBytes(UTF_8)), () -> text);
    }
}
