package org.chancery.custody.seal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// Looks for any 16 bytes in a row of a secret: raw, in hexadecimal, as a list of numbers, or
/// within
/// base64 at whatever offset.
public final class Canary {
    private static final int RUN = 16;

    private final List<String> traces = new ArrayList<>();

    private Canary(byte[] secret) {
        for (int at = 0; at + RUN <= secret.length; at++) {
            byte[] run = Arrays.copyOfRange(secret, at, at + RUN);
            traces.add(new String(run, ISO_8859_1));
            traces.add(HexFormat.of().formatHex(run));
            traces.add(HexFormat.of().formatHex(run).toUpperCase(Locale.ROOT));
            traces.add(numbers(run));
            for (int shift = 0; shift < 3; shift++) {
                byte[] padded = new byte[shift + RUN];
                System.arraycopy(run, 0, padded, shift, RUN);
                String plain = Base64.getEncoder().withoutPadding().encodeToString(padded);
                String inner = plain.substring(shift == 0 ? 0 : shift + 1, plain.length() - 2);
                traces.add(inner);
                traces.add(inner.replace('+', '-').replace('/', '_'));
            }
        }
    }

    public static Canary of(byte[] secret) {
        return new Canary(secret);
    }

    public boolean isIn(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        return traces.stream().anyMatch(text::contains);
    }

    private static String numbers(byte[] run) {
        List<String> numbers = new ArrayList<>();
        for (byte one : run) {
            numbers.add(String.valueOf(one & 0xff));
        }
        return String.join(",", numbers);
    }
}
