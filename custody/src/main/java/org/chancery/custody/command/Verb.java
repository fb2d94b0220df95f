package org.chancery.custody.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.olm.OlmFault;
import org.chancery.custody.seal.SealFault;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.MalformedId;

/// What a verb does, and with which options.
record Verb(Set<String> options, Act act) {
    Verb {
        options = Set.copyOf(options);
    }

    /// What is done. Its faults become words and an exit code.
    interface Act {
        void run(Words words, Tools tools) throws IOException;
    }

    /// Does what the words after the program's name say.
    ///
    /// @return the exit code of the process
    static int run(
            String program, List<String> args, String page, Map<String, Verb> verbs, Tools tools) {
        if (args.contains("--help") || args.equals(List.of("help"))) {
            tools.terminal().out().print(page);
            return 0;
        }
        try {
            Map<String, Set<String>> options = new HashMap<>();
            verbs.forEach((name, verb) -> options.put(name, verb.options()));
            Words words = Words.read(args, options, tools.here());
            Verb verb = verbs.get(words.verb());
            if (verb == null) {
                throw CommandFault.misused("there is no verb " + words.verb());
            }
            verb.act().run(words, tools);
            return 0;
        } catch (CommandFault e) {
            boolean misused = e.exit() == CommandFault.MISUSED;
            String help = misused ? "; try: chancery " + program + " --help" : "";
            return told(program, e.getMessage() + help, e.exit(), tools);
        } catch (MalformedArchive | MalformedLeaf | SealFault | OlmFault | MalformedId e) {
            return told(program, String.valueOf(e.getMessage()), CommandFault.REFUSED, tools);
        } catch (IOException | UncheckedIOException e) {
            return told(program, String.valueOf(e.getMessage()), CommandFault.UNREADABLE, tools);
        }
    }

    private static int told(String program, String message, int exit, Tools tools) {
        tools.say("chancery %s: %s", program, message);
        return exit;
    }
}
