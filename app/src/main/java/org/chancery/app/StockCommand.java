package org.chancery.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;

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
              report --entry FILE [--order FILE]
                                          what custodians did since: a count of shares, a
                                          re-sharing, a rehearsal; the last two with the order
              proof --entry FILE --out FILE
                                          that an entry is in the log, for `order --proof`

            The password of NAME is asked for, or is the first line of the input.
            Exit codes: 0 done, 1 refused by the server, 2 not a command, 3 no server reached.
            """;

    private static final String STOCKS = "/_chancery/admin/v1/stock";
    private static final CommandOptions.Verb VERB =
            new CommandOptions.Verb(
                    "stock",
                    HELP,
                    Map.of(
                            "list", Set.of(),
                            "import", Set.of("--folder"),
                            "tenth", Set.of("--order", "--report"),
                            "report", Set.of("--entry", "--order"),
                            "proof", Set.of("--entry", "--out")));
    private static final int EACH_TOLD = 50;

    private final Terminal terminal;
    private final AdminClient client;
    private final CommandOptions options;

    private StockCommand(Terminal terminal, AdminClient client, CommandOptions options) {
        this.terminal = terminal;
        this.client = client;
        this.options = options;
    }

    /// Does what the words after `chancery stock` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Terminal terminal) {
        return VERB.run(
                args,
                terminal,
                options -> client -> new StockCommand(terminal, client, options).act());
    }

    private void act() throws IOException {
        switch (options.act()) {
            case "list" -> list();
            case "import" -> take(Path.of(options.get("--folder")));
            case "tenth" -> tenth();
            case "report" -> report();
            case "proof" -> proof();
            default -> throw new AssertionError(options.act());
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
        JsonObject entry = options.json(folder.resolve("stock.json"), LogEntry.BYTES_MAX);
        String path = STOCKS + "/" + AdminClient.encoded(entry.string("stock").orElse("-"));
        long identities = entry.integer("identities").orElse(0);
        client.done(client.put(path, entry));
        String state = "";
        for (int number = 1; number <= identities; number++) {
            JsonObject identity =
                    options.json(
                            folder.resolve("identities").resolve("%05d.json".formatted(number)),
                            ArchiveIdentity.BYTES_MAX);
            JsonObject answer = client.done(client.put(path + "/identities/" + number, identity));
            state = answer.string("state").orElse("-");
            JsonObject shares =
                    options.json(
                            folder.resolve("shares-1").resolve("%05d.json".formatted(number)),
                            LogEntry.BYTES_MAX);
            client.done(client.put(path + "/reports", JsonObject.EMPTY.with("entry", shares)));
            if (number % EACH_TOLD == 0) {
                terminal.err().printf("%d of %d%n", number, identities);
            }
        }
        terminal.out().println(state);
    }

    private void tenth() throws IOException {
        JsonObject report = options.json("--report", LogEntry.BYTES_MAX);
        JsonObject body =
                JsonObject.EMPTY
                        .with("order", options.json("--order", Order.BYTES_MAX))
                        .with("report", report);
        String stock = AdminClient.encoded(report.string("stock").orElse("-"));
        JsonObject answer = client.done(client.put(STOCKS + "/" + stock + "/tenth", body));
        terminal.out().println(answer.string("state").orElse("-"));
    }

    /// An entry of custodians, with the order on which it was made, if on one.
    private void report() throws IOException {
        JsonObject entry = options.json("--entry", LogEntry.BYTES_MAX);
        JsonObject body = JsonObject.EMPTY.with("entry", entry);
        if (options.find("--order").isPresent()) {
            body = body.with("order", options.json("--order", Order.BYTES_MAX));
        }
        String stock = AdminClient.encoded(entry.string("stock").orElse("-"));
        client.done(client.put(STOCKS + "/" + stock + "/reports", body));
        terminal.out().println(hash(entry));
    }

    /// That an entry stands in the log, for who has pinned it.
    private void proof() throws IOException {
        JsonObject entry = options.json("--entry", LogEntry.BYTES_MAX);
        String path = "/_chancery/admin/v1/log/proofs/" + hash(entry);
        JsonObject answer = client.done(client.get(path));
        Files.writeString(
                Path.of(options.get("--out")),
                answer.string("proof").orElseThrow(),
                StandardOpenOption.CREATE_NEW);
        terminal.out().println(answer.integer("index").orElseThrow());
    }

    private static String hash(JsonObject entry) {
        return HexFormat.of().formatHex(Hash.leaf(entry.bytes()).bytes());
    }
}
