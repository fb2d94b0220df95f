package org.chancery.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// `chancery stock`: takes the public part of a ceremony's stock to the running server, in an
/// administrator's name, and shows how much is left.
final class StockCommand {
    static final String HELP =
            """
            chancery stock ACT --as NAME [--server URL]
              list                        the stocks, and how many rooms can still be opened
              import --folder FOLDER      the public part of a stock, as the ceremony made it;
                                          what has arrived is not sent again
              tenth --order FILE --report FILE
                                          the report on the tenth that was opened

            The password of NAME is asked for, or is the first line of the input.
            Exit codes: 0 done, 1 refused by the server, 2 not a command, 3 no server reached.
            """;

    private static final String USUAL_SERVER = "http://127.0.0.1:8008";
    private static final String STOCKS = "/_chancery/admin/v1/stock";
    private static final Map<String, Set<String>> OPTIONS =
            Map.of(
                    "list", Set.of(),
                    "import", Set.of("--folder"),
                    "tenth", Set.of("--order", "--report"));
    private static final Set<String> COMMON = Set.of("--as", "--server");
    private static final int EACH_TOLD = 50;

    private final Terminal terminal;
    private final AdminClient client;
    private final Map<String, String> options;

    private StockCommand(Terminal terminal, AdminClient client, Map<String, String> options) {
        this.terminal = terminal;
        this.client = client;
        this.options = options;
    }

    /// Does what the words after `chancery stock` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Terminal terminal) {
        if (args.contains("--help") || args.equals(List.of("help"))) {
            terminal.out().print(HELP);
            return 0;
        }
        try {
            Map<String, String> options = options(args);
            String server = options.getOrDefault("--server", USUAL_SERVER);
            try (AdminClient client = AdminClient.of(server)) {
                new StockCommand(terminal, client, options).run(args.getFirst());
            }
            return 0;
        } catch (CommandFault e) {
            terminal.err().println("chancery stock: " + e.getMessage());
            return e.exit();
        } catch (IOException e) {
            terminal.err().println("chancery stock: cannot read " + e.getMessage());
            return CommandFault.MISUSED;
        }
    }

    private static Map<String, String> options(List<String> args) {
        Set<String> own = args.isEmpty() ? null : OPTIONS.get(args.getFirst());
        if (own == null) {
            throw misused("what is to be done?");
        }
        Map<String, String> options = new HashMap<>();
        for (int i = 1; i < args.size(); i++) {
            String word = args.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!own.contains(name) && !COMMON.contains(name)) {
                throw misused("there is no option " + name + " of " + args.getFirst());
            }
            if (equals < 0 && i + 1 == args.size()) {
                throw misused(name + " has no value");
            }
            options.put(name, equals >= 0 ? word.substring(equals + 1) : args.get(++i));
        }
        return options;
    }

    private void run(String act) throws IOException {
        String name = option("--as");
        client.signIn(name, terminal.password("Password of " + name + ": "));
        try {
            switch (act) {
                case "list" -> list();
                case "import" -> take(Path.of(option("--folder")));
                case "tenth" -> tenth();
                default -> throw new AssertionError(act);
            }
        } finally {
            if (!client.signOut()) {
                terminal.err().println("The session of " + name + " is open.");
            }
        }
    }

    private void list() {
        JsonObject told = client.done(client.get(STOCKS));
        for (JsonObject stock : told.array("stocks").orElseThrow().objects()) {
            terminal.out()
                    .printf(
                            "%s\t%s\t%d of %d arrived\t%d bound\t%d opened\t%d left%n",
                            stock.string("stock").orElse("-"),
                            stock.string("state").orElse("-"),
                            stock.integer("arrived").orElse(0),
                            stock.integer("identities").orElse(0),
                            stock.integer("bound").orElse(0),
                            stock.integer("opened").orElse(0),
                            stock.integer("left").orElse(0));
        }
        if (told.isTrue("low")) {
            terminal.err()
                    .printf(
                            "Only %d record rooms can still be opened: hold a ceremony.%n",
                            told.integer("left").orElse(0));
        }
    }

    private void take(Path folder) throws IOException {
        JsonObject entry = read(folder.resolve("stock.json"));
        String path = STOCKS + "/" + AdminClient.encoded(entry.string("stock").orElse("-"));
        long identities = entry.integer("identities").orElse(0);
        client.done(client.put(path, entry));
        String state = "";
        for (int number = 1; number <= identities; number++) {
            JsonObject identity =
                    read(folder.resolve("identities").resolve("%05d.json".formatted(number)));
            JsonObject answer = client.done(client.put(path + "/identities/" + number, identity));
            state = answer.string("state").orElse("-");
            if (number % EACH_TOLD == 0) {
                terminal.err().printf("%d of %d%n", number, identities);
            }
        }
        terminal.out().println(state);
    }

    private void tenth() throws IOException {
        JsonObject report = read(Path.of(option("--report")));
        JsonObject body =
                JsonObject.EMPTY
                        .with("order", read(Path.of(option("--order"))))
                        .with("report", report);
        String stock = AdminClient.encoded(report.string("stock").orElse("-"));
        JsonObject answer = client.done(client.put(STOCKS + "/" + stock + "/tenth", body));
        terminal.out().println(answer.string("state").orElse("-"));
    }

    private static JsonObject read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(ArchiveIdentity.BYTES_MAX + 1);
            if (bytes.length > ArchiveIdentity.BYTES_MAX) {
                throw misused(file + " is too large");
            }
            return Json.parseObject(bytes);
        } catch (MalformedJson e) {
            throw misused(file + " is " + e.getMessage());
        }
    }

    private String option(String name) {
        String value = options.get(name);
        if (value == null) {
            throw misused(name + " is missing");
        }
        return value;
    }

    private static CommandFault misused(String message) {
        return new CommandFault(CommandFault.MISUSED, message + "; try: chancery stock --help");
    }
}
