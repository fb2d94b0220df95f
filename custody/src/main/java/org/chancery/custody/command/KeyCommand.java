package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.KeyFile;

/// `custodian-key` and `desk-key`: make a key file, and the public card that goes with it.
final class KeyCommand {
    private KeyCommand() {}

    static void run(Words words, Tools tools) throws IOException {
        Path file = words.path("out");
        Path card = Path.of(file + ".card");
        char[] password = tools.terminal().newPassword();
        try (HolderKeys keys =
                HolderKeys.drawn(words.text("name"), words.text("organisation"), tools.random())) {
            byte[] locked = KeyFile.lock(keys, password, tools.cost(), tools.random());
            OwnFiles.write(file, locked);
            OwnFiles.write(card, keys.signedCard());
            tools.say(
                    "The key file is %s. Who has it and the password is %s.",
                    file, keys.card().name());
            tools.say(
                    "The card %s is public. Hand it over, and tell its fingerprint by voice:",
                    card);
            tools.terminal().out().println(keys.card().fingerprint());
        } finally {
            Arrays.fill(password, ' ');
        }
    }
}
