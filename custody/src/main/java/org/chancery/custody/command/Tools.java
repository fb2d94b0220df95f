package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.chancery.archive.stock.Custodian;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.KeyFile;
import org.chancery.custody.seal.SigningKey;

/// What every verb works with: the terminal, chance, the time, the cost of a password, and where
/// relative files begin.
record Tools(
        Terminal terminal, SecureRandom random, InstantSource clock, KeyFile.Cost cost, Path here) {
    private static final int CARD_BYTES_MAX = 4_096;

    /// The time, as entries of the log write it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// The keys in a key file, after its password was asked for.
    HolderKeys unlock(Path file) throws IOException {
        byte[] bytes = OwnFiles.read(file, KeyFile.BYTES_MAX);
        String name = KeyFile.card(bytes).name();
        char[] password = terminal.password("Password of the key file of " + name + ": ");
        try {
            return KeyFile.unlock(bytes, password);
        } finally {
            Arrays.fill(password, ' ');
        }
    }

    Custodian card(Path file) throws IOException {
        return Custodian.readCard(OwnFiles.read(file, CARD_BYTES_MAX), SigningKey.verifier());
    }

    void say(String format, Object... arguments) {
        terminal.err().printf(format + "%n", arguments);
    }
}
