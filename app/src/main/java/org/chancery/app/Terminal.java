package org.chancery.app;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a command speaks and listens: what was asked for goes to `out`, so that a script can take
/// it, and everything else to `err`.
record Terminal(PrintStream out, PrintStream err, InputStream in, Optional<Console> console) {
    private static final int PASSWORD_LENGTH_MAX = 1_024;

    /// That of the process.
    static Terminal ofProcess() {
        return new Terminal(
                System.out,
                System.err,
                System.in,
                Optional.ofNullable(System.console()).filter(Console::isTerminal));
    }

    /// What others wrote is shown without the characters that steer a terminal.
    static String harmless(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || isUnseen(c) ? '?' : c)
                .forEach(shown::appendCodePoint);
        return shown.toString();
    }

    private static boolean isUnseen(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }

    /// A password, typed without being shown; without a terminal, the first line of the input.
    String password(String question) {
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("%s", question);
            return nonEmpty(typed == null ? "" : new String(typed));
        }
        try {
            return nonEmpty(firstLine());
        } catch (IOException e) {
            throw new CommandFault(CommandFault.MISUSED, "The standard input cannot be read.");
        }
    }

    private String firstLine() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        StringBuilder line = new StringBuilder();
        for (int c = lines.read(); c >= 0 && c != '\n'; c = lines.read()) {
            if (line.length() == PASSWORD_LENGTH_MAX) {
                throw new CommandFault(CommandFault.MISUSED, "That is no password: too long.");
            }
            line.append((char) c);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }

    private static String nonEmpty(String password) {
        if (password.isEmpty()) {
            throw new CommandFault(
                    CommandFault.MISUSED,
                    "No password was given: type it, or give it as the first line of the input.");
        }
        return password;
    }
}
