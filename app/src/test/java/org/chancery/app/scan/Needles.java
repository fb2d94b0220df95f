package org.chancery.app.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What is looked for, in every form in which a server could have it: of a secret each 16 bytes in
/// a row, of a text the whole of it; raw, in hexadecimal, in base64 at whatever offset, as a list
/// of numbers; and all that is text as strings of one and of two bytes a letter.
public final class Needles {
    /// So many bytes in a row of a secret are a find.
    public static final int RUN = 16;

    private static final int TEXT_BYTES_MIN = 16;

    private final List<String> names = new ArrayList<>();
    private final List<Form> forms = new ArrayList<>();
    private final Set<String> secrets = new HashSet<>();

    /// One way in which a needle can be written.
    static final class Form {
        final byte[] bytes;
        final int needle;

        private Form(byte[] bytes, int needle) {
            this.bytes = bytes;
            this.needle = needle;
        }
    }

    /// Any run of it is looked for. A secret that is known already is not taken twice.
    public void secret(String name, byte[] secret) {
        if (secret.length < RUN) {
            throw new IllegalArgumentException(name + " is too short to be told from chance");
        }
        if (!secrets.add(HexFormat.of().formatHex(secret))) {
            return;
        }
        int needle = named(name);
        for (int at = 0; at + RUN <= secret.length; at++) {
            byte[] run = Arrays.copyOfRange(secret, at, at + RUN);
            forms.add(new Form(run, needle));
            written(run, needle, List.of(ISO_8859_1, UTF_16LE));
            forms.add(new Form(numbers(run).getBytes(ISO_8859_1), needle));
        }
    }

    /// The whole of it is looked for.
    public void text(String name, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        if (bytes.length < TEXT_BYTES_MIN) {
            throw new IllegalArgumentException(name + " is too short to be told from chance");
        }
        int needle = named(name);
        for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
            forms.add(new Form(text.getBytes(charset), needle));
        }
        written(bytes, needle, List.of(ISO_8859_1, UTF_16LE));
    }

    private int named(String name) {
        names.add(name);
        return names.size() - 1;
    }

    private void written(byte[] bytes, int needle, List<Charset> charsets) {
        Set<String> texts = new HashSet<>();
        String hex = HexFormat.of().formatHex(bytes);
        texts.add(hex);
        texts.add(hex.toUpperCase(Locale.ROOT));
        for (int shift = 0; shift < 3; shift++) {
            String inner = inner(bytes, shift);
            texts.add(inner);
            texts.add(inner.replace('+', '-').replace('/', '_'));
        }
        for (String text : texts) {
            charsets.forEach(one -> forms.add(new Form(text.getBytes(one), needle)));
        }
    }

    /// The letters of base64 that these bytes alone decide, after so many bytes before them.
    private static String inner(byte[] bytes, int shift) {
        byte[] padded = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, padded, shift, bytes.length);
        String all = Base64.getEncoder().withoutPadding().encodeToString(padded);
        return all.substring((shift * 8 + 5) / 6, padded.length * 8 / 6);
    }

    private static String numbers(byte[] run) {
        List<String> numbers = new ArrayList<>();
        for (byte one : run) {
            numbers.add(String.valueOf(one & 0xff));
        }
        return String.join(",", numbers);
    }

    /// How many things are looked for.
    public int size() {
        return names.size();
    }

    /// In how many forms.
    public int forms() {
        return forms.size();
    }

    public List<String> names() {
        return List.copyOf(names);
    }

    List<Form> all() {
        return forms;
    }
}
