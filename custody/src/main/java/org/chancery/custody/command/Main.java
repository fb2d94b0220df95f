package org.chancery.custody.command;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.chancery.custody.seal.KeyFile;

/// The program of custodians and archivists: `chancery ceremony`, `chancery case` and, as the
/// usual way to say `case open`, `chancery open-case`. Here alone come in the time and chance of
/// the
/// machine.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> args) {
        Terminal terminal = Terminal.ofProcess();
        String program = args.isEmpty() ? "" : args.getFirst();
        if (!Set.of("ceremony", "case", "open-case").contains(program)) {
            terminal.err()
                    .println(
                            "This is the program of custodians and archivists: chancery ceremony"
                                    + " --help, chancery case --help");
            return CommandFault.MISUSED;
        }
        Tools tools =
                new Tools(
                        terminal,
                        new SecureRandom(),
                        InstantSource.system(),
                        KeyFile.Cost.USUAL,
                        Path.of(""));
        List<String> rest = args.subList(1, args.size());
        return switch (program) {
            case "ceremony" -> Ceremony.run(rest, tools);
            case "case" -> Cases.run(rest, tools);
            default -> Cases.open(rest, tools);
        };
    }
}
