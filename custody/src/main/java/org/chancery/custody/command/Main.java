package org.chancery.custody.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.chancery.custody.seal.KeyFile;

/// The custodians' program: `chancery ceremony`. Here alone come in the time and chance of the
/// machine.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> args) {
        Terminal terminal = Terminal.ofProcess();
        if (args.isEmpty() || !args.getFirst().equals("ceremony")) {
            terminal.err().println("This is the custodians' program: chancery ceremony --help");
            return CommandFault.MISUSED;
        }
        Tools tools =
                new Tools(
                        terminal,
                        new SecureRandom(),
                        InstantSource.system(),
                        KeyFile.Cost.USUAL,
                        Path.of(""));
        return Ceremony.run(args.subList(1, args.size()), tools);
    }
}
