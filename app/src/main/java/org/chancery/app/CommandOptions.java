package org.chancery.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// What was said to a command of the form `chancery VERB ACT --NAME VALUE ...` that asks a running
/// server in an administrator's name.
final class CommandOptions {
    private static final Set<String> COMMON = Set.of("--as", "--server");
    private static final String USUAL_SERVER = "http://127.0.0.1:8008";

    private final String verb;
    private final String act;
    private final Map<String, String> values;

    private CommandOptions(String verb, String act, Map<String, String> values) {
        this.verb = verb;
        this.act = act;
        this.values = values;
    }

    /// @param known the options of each act
    private static CommandOptions read(
            String verb, List<String> args, Map<String, Set<String>> known) {
        Set<String> own = args.isEmpty() ? null : known.get(args.getFirst());
        if (own == null) {
            throw misused(verb, "what is to be done?");
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 1; i < args.size(); i++) {
            String word = args.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!own.contains(name) && !COMMON.contains(name)) {
                throw misused(verb, "there is no option " + name + " of " + args.getFirst());
            }
            if (equals < 0 && i + 1 == args.size()) {
                throw misused(verb, name + " has no value");
            }
            values.put(name, equals >= 0 ? word.substring(equals + 1) : args.get(++i));
        }
        return new CommandOptions(verb, args.getFirst(), values);
    }

    String act() {
        return act;
    }

    String server() {
        return values.getOrDefault("--server", USUAL_SERVER);
    }

    String get(String name) {
        return find(name).orElseThrow(() -> misused(verb, name + " is missing"));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// The JSON object in the file that an option names.
    JsonObject json(String name, int bytesMax) throws IOException {
        return json(Path.of(get(name)), bytesMax);
    }

    /// The JSON object in a file.
    JsonObject json(Path file, int bytesMax) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw misused(verb, file + " is too large");
            }
            return Json.parseObject(bytes);
        } catch (MalformedJson e) {
            throw misused(verb, file + " is " + e.getMessage());
        }
    }

    /// What an act does once somebody has signed in.
    interface Work {
        void run(AdminClient client) throws IOException;
    }

    /// A command.
    ///
    /// @param help what it says of itself
    /// @param acts the options of each act
    record Verb(String name, String help, Map<String, Set<String>> acts) {
        /// Does what the words after `chancery VERB` say: signs in, works, and signs out.
        ///
        /// @return the exit code of the process
        int run(List<String> args, Terminal terminal, Function<CommandOptions, Work> work) {
            if (args.contains("--help") || args.equals(List.of("help"))) {
                terminal.out().print(help);
                return 0;
            }
            try {
                CommandOptions options = read(name, args, acts);
                try (AdminClient client = AdminClient.of(options.server())) {
                    signedIn(client, options, terminal, work.apply(options));
                }
                return 0;
            } catch (CommandFault e) {
                terminal.err().println("chancery " + name + ": " + e.getMessage());
                return e.exit();
            } catch (IOException e) {
                terminal.err()
                        .println("chancery " + name + ": cannot read or write " + e.getMessage());
                return CommandFault.MISUSED;
            }
        }

        private static void signedIn(
                AdminClient client, CommandOptions options, Terminal terminal, Work work)
                throws IOException {
            String who = options.get("--as");
            client.signIn(who, terminal.password("Password of " + who + ": "));
            try {
                work.run(client);
            } finally {
                if (!client.signOut()) {
                    terminal.err().println("The session of " + who + " is open.");
                }
            }
        }
    }

    private static CommandFault misused(String verb, String message) {
        return new CommandFault(
                CommandFault.MISUSED, message + "; try: chancery " + verb + " --help");
    }
}
