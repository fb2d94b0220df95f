package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Optional;

/// Where a command speaks and listens: results go to `out`, everything else to `err`. Passwords are
/// typed unseen, or come as lines of the input where that is no terminal.
record Terminal(PrintStream out, PrintStream err, BufferedReader in, Optional<Console> console) {
    private static final int LINE_LENGTH_MAX = 1_024;
    private static final int PASSWORD_LENGTH_MIN = 12;

    /// That of the process.
    static Terminal ofProcess() {
        return new Terminal(
                System.out,
                System.err,
                new BufferedReader(new InputStreamReader(System.in, UTF_8)),
                Optional.ofNullable(System.console()).filter(Console::isTerminal));
    }

    /// What somebody answers to a question.
    String answer(String question) throws IOException {
        if (console.isPresent()) {
            String typed = console.get().readLine("%s", question);
            return typed == null ? "" : typed;
        }
        return line(question);
    }

    /// The password of a file.
    char[] password(String question) throws IOException {
        if (console.isPresent()) {
            char[] typed = console.get().readPassword("%s", question);
            return typed == null ? new char[0] : typed;
        }
        return line(question).toCharArray();
    }

    /// A password that is chosen now: long enough, and typed twice alike.
    char[] newPassword() throws IOException {
        char[] first =
                password(
                        "Choose a password for the key file, %d characters or more: "
                                .formatted(PASSWORD_LENGTH_MIN));
        if (first.length < PASSWORD_LENGTH_MIN) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    "The password is too short: it takes " + PASSWORD_LENGTH_MIN + " characters.");
        }
        char[] second = password("Once more: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, ' ');
        if (!same) {
            throw new CommandFault(CommandFault.REFUSED, "The two passwords are not the same.");
        }
        return first;
    }

    private String line(String question) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        boolean ended = c < 0;
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.length() == LINE_LENGTH_MAX) {
                throw new CommandFault(CommandFault.MISUSED, "A line of the input is too long.");
            }
            line.append((char) c);
        }
        if (ended) {
            throw new CommandFault(
                    CommandFault.MISUSED, "The input ended before an answer to: " + question);
        }
        int end = line.length() - 1;
        return end >= 0 && line.charAt(end) == '\r' ? line.substring(0, end) : line.toString();
    }
}
