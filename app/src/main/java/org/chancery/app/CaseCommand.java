package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.archive.entry.LogEntry;
import org.chancery.protocol.json.JsonObject;

/// `chancery case`: what officers do with cases at the running server, in their own names. They
/// sign at home, with `chancery case sign` of the custodians' program.
final class CaseCommand {
    static final String HELP =
            """
            chancery case ACT --as NAME [--server URL]
              list                          cases, the newest first: all for administrators, for
                                            others those that name them as an officer
              draft --wish FILE --out FILE  a new case of what the wish says (see
                                            docs/life-of-a-case.md), for both to sign
              show --case ID
              request --case ID --signed FILE
                                            the case with the requester's signature
              approve --case ID --signed FILE
                                            the case with the approver's signature, who is
                                            somebody else: it is logged, and its rooms are told
              refuse --case ID --reason TEXT
              proof --case ID --out FILE    that it is in the log, witnessed (C2SP tlog-proof)
              dossier --case ID             writes what the opening needs to a folder of the
                                            server's machine, and says which
              outcome --case ID --leaf FILE --out FILE
                                            logs a leaf that the opening has left in to-log, and
                                            gets its proof, for `chancery case seal`

            The password of NAME is asked for, or is the first line of the input.
            Exit codes: 0 done, 1 refused by the server, 2 not a command, 3 no server reached.
            """;

    private static final String CASES = "/_chancery/admin/v1/cases";
    private static final int PAGE = 50;
    private static final int PAGES_MAX = 100_000;
    private static final CommandOptions.Verb VERB =
            new CommandOptions.Verb(
                    "case",
                    HELP,
                    Map.of(
                            "list", Set.of(),
                            "draft", Set.of("--wish", "--out"),
                            "show", Set.of("--case"),
                            "request", Set.of("--case", "--signed"),
                            "approve", Set.of("--case", "--signed"),
                            "refuse", Set.of("--case", "--reason"),
                            "proof", Set.of("--case", "--out"),
                            "dossier", Set.of("--case"),
                            "outcome", Set.of("--case", "--leaf", "--out")));

    private final Terminal terminal;
    private final AdminClient client;
    private final CommandOptions options;

    private CaseCommand(Terminal terminal, AdminClient client, CommandOptions options) {
        this.terminal = terminal;
        this.client = client;
        this.options = options;
    }

    /// Does what the words after `chancery case` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Terminal terminal) {
        return VERB.run(
                args,
                terminal,
                options -> client -> new CaseCommand(terminal, client, options).act());
    }

    private void act() throws IOException {
        switch (options.act()) {
            case "list" -> list();
            case "draft" -> draft();
            case "show" -> tell(client.done(client.get(one())));
            case "request" -> sign("/request", "requested");
            case "approve" -> sign("/approval", "approved");
            case "refuse" -> refuse();
            case "proof" -> proof();
            case "dossier" -> dossier();
            case "outcome" -> outcome();
            default -> throw new AssertionError(options.act());
        }
    }

    /// Prints all cases, page by page.
    private void list() {
        String query = "?limit=" + PAGE;
        for (int page = 0; page < PAGES_MAX; page++) {
            JsonObject told = client.done(client.get(CASES + query));
            told.array("cases").orElseThrow().objects().forEach(this::tell);
            OptionalLong next = told.integer("next");
            if (next.isEmpty()) {
                return;
            }
            query = "?limit=" + PAGE + "&before=" + next.getAsLong();
        }
    }

    private void tell(JsonObject held) {
        JsonObject ground =
                held.object("entry").flatMap(entry -> entry.object("ground")).orElseThrow();
        terminal.out()
                .printf(
                        "%s\t%s\t%s\t%s\t%s%n",
                        held.string("case_id").orElse("-"),
                        held.string("state").orElse("-"),
                        ground.string("kind").orElse("-"),
                        Terminal.harmless(ground.string("reference").orElse("-")),
                        held.has("noticed_at") ? "rooms told" : "rooms not told");
    }

    private void draft() throws IOException {
        JsonObject wish = options.json("--wish", LogEntry.BYTES_MAX);
        JsonObject held = client.done(client.post(CASES, wish));
        write("--out", held.object("entry").orElseThrow().bytes());
        tell(held);
    }

    private void sign(String path, String signature) throws IOException {
        JsonObject signed = options.json("--signed", LogEntry.BYTES_MAX);
        String value =
                signed.object("signers")
                        .flatMap(signers -> signers.string(signature))
                        .filter(text -> !text.isEmpty())
                        .orElseThrow(
                                () ->
                                        new CommandFault(
                                                CommandFault.MISUSED,
                                                "the case in --signed is not " + signature));
        tell(client.done(client.put(one() + path, JsonObject.of("signature", value))));
    }

    private void refuse() {
        JsonObject body = JsonObject.of("reason", options.get("--reason"));
        tell(client.done(client.put(one() + "/refusal", body)));
    }

    private void proof() throws IOException {
        writeProof(client.done(client.get(one() + "/proof")));
    }

    private void outcome() throws IOException {
        JsonObject leaf = options.json("--leaf", LogEntry.BYTES_MAX);
        writeProof(client.done(client.put(one() + "/outcome", leaf)));
    }

    private void writeProof(JsonObject answer) throws IOException {
        write("--out", answer.string("proof").orElseThrow().getBytes(UTF_8));
        terminal.out().println(answer.integer("index").orElseThrow());
    }

    private void dossier() {
        JsonObject answer = client.done(client.post(one() + "/dossier", JsonObject.EMPTY));
        terminal.out().println(answer.string("place").orElseThrow());
    }

    private String one() {
        return CASES + "/" + AdminClient.encoded(options.get("--case"));
    }

    private void write(String option, byte[] bytes) throws IOException {
        Files.write(Path.of(options.get(option)), bytes, StandardOpenOption.CREATE_NEW);
    }
}
