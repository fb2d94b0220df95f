package org.chancery.app.scan;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
    private static final String TEXT = "a canary sings in this coal mine";
    private static final int PIECE = 256;

    @TempDir Path folder;
    private final Random random = new Random(17);

    @Test
    void any_run_of_a_secret_is_found_however_it_is_written_and_wherever_it_lies()
            throws IOException {
        byte[] secret = bytes(48);
        Needles needles = new Needles();
        needles.secret("secret", secret);
        Finder finder = new Finder(needles, PIECE);
        List<String> missed = new ArrayList<>();

        for (int at : List.of(0, 1, 13, secret.length - Needles.RUN)) {
            byte[] run = Arrays.copyOfRange(secret, at, at + Needles.RUN);
            for (var form : written(run).entrySet()) {
                missed.addAll(missed(finder, form.getValue(), form.getKey() + " from " + at));
            }
        }

        assertEquals(List.of(), missed);
    }

    @Test
    void a_text_is_found_however_it_is_written_and_wherever_it_lies() throws IOException {
        Needles needles = new Needles();
        needles.text("text", TEXT);
        Finder finder = new Finder(needles, PIECE);
        List<String> missed = new ArrayList<>();
        Map<String, byte[]> forms = written(TEXT.getBytes(UTF_8));
        forms.remove("numbers");
        forms.put("two bytes a letter", TEXT.getBytes(UTF_16LE));

        for (var form : forms.entrySet()) {
            missed.addAll(missed(finder, form.getValue(), form.getKey()));
        }

        assertEquals(List.of(), missed);
    }

    @Test
    void less_than_a_run_is_no_find_and_all_is_counted() throws IOException {
        byte[] secret = bytes(32);
        Needles needles = new Needles();
        needles.secret("secret", secret);
        needles.secret("the same by another name", secret);
        needles.text("text", TEXT);
        byte[] hay = bytes(10 * PIECE);
        System.arraycopy(secret, 3, hay, 100, Needles.RUN - 1);
        System.arraycopy(TEXT.getBytes(UTF_8), 0, hay, 500, TEXT.length() - 1);
        Finds finds = new Finds();

        new Finder(needles, PIECE).look(new ByteArrayInputStream(hay), "hay", finds);

        assertEquals(2, needles.size());
        assertEquals(Map.of(), finds.places());
        assertEquals(hay.length, finds.bytes());
    }

    @Test
    void the_memory_of_a_process_shows_what_it_read_in_each_way_that_there_is() throws Exception {
        Needles needles = new Needles();
        needles.text("text", TEXT);
        needles.text("nobody's", "a canary that nobody has let out");
        Finder finder = new Finder(needles);
        Process cat = new ProcessBuilder("cat").start();
        try {
            OutputStream in = cat.getOutputStream();
            in.write((TEXT + "\n").getBytes(UTF_8));
            in.flush();
            assertEquals(TEXT, cat.inputReader().readLine());
            Optional<ProcessMemory.Way> best = ProcessMemory.way(cat.pid());
            assumeTrue(best.isPresent(), "this user may not read the memory of a process");
            for (ProcessMemory.Way way : Set.of(best.get(), ProcessMemory.Way.PROC)) {
                Path file = folder.resolve(way.name().toLowerCase(Locale.ROOT));
                Finds finds = new Finds();

                ProcessMemory.take(way, cat.pid(), file);
                finder.look(file, finds);

                assertEquals(Set.of("text"), finds.needles(), way.name());
                assertEquals(Files.size(file), finds.bytes());
            }
            in.write("on\n".getBytes(UTF_8));
            in.flush();
            assertEquals("on", cat.inputReader().readLine(), "it goes on");
        } finally {
            cat.destroyForcibly();
        }
    }

    /// Where it was not found of the places around the border of a piece.
    private List<String> missed(Finder finder, byte[] form, String name) throws IOException {
        List<String> missed = new ArrayList<>();
        for (int at = 0; at < 6 * PIECE - form.length; at += 1 + random.nextInt(7)) {
            byte[] hay = bytes(6 * PIECE);
            System.arraycopy(form, 0, hay, at, form.length);
            Finds finds = new Finds();
            finder.look(new ByteArrayInputStream(hay), "hay", finds);
            if (!isAt(finds, at)) {
                missed.add(name + " at " + at + ": " + finds.places());
            }
        }
        byte[] end = Arrays.copyOf(bytes(PIECE + form.length), PIECE + form.length);
        System.arraycopy(form, 0, end, PIECE, form.length);
        Finds finds = new Finds();
        finder.look(new ByteArrayInputStream(end), "hay", finds);
        if (finds.needles().isEmpty()) {
            missed.add(name + " at the very end");
        }
        return missed;
    }

    /// What lies before a form may by chance go on with it backwards.
    private static boolean isAt(Finds finds, int at) {
        String place = String.join("", finds.places().values());
        return finds.needles().size() == 1
                && IntStream.rangeClosed(Math.max(0, at - Long.BYTES), at)
                        .anyMatch(one -> place.equals("hay at " + one));
    }

    /// The ways to write bytes; of base64 only the letters that the bytes decide.
    private Map<String, byte[]> written(byte[] bytes) {
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put("raw", bytes);
        String hex = HexFormat.of().formatHex(bytes);
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("hex", hex);
        texts.put("HEX", hex.toUpperCase(Locale.ROOT));
        for (int before = 0; before < 3; before++) {
            byte[] within = bytes(before + bytes.length);
            System.arraycopy(bytes, 0, within, before, bytes.length);
            int from = before == 0 ? 0 : before + 1;
            int until = within.length * 8 / 6;
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(within);
            String web = Base64.getUrlEncoder().withoutPadding().encodeToString(within);
            texts.put("base64 after " + before, base64.substring(from, until));
            texts.put("base64 for the web after " + before, web.substring(from, until));
        }
        texts.forEach((name, text) -> all.put(name, text.getBytes(UTF_8)));
        texts.forEach((name, text) -> all.put(name + ", wide", text.getBytes(UTF_16LE)));
        List<String> numbers = new ArrayList<>();
        for (byte one : bytes) {
            numbers.add(Integer.toString(one & 0xff));
        }
        all.put("numbers", String.join(",", numbers).getBytes(UTF_8));
        return all;
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
