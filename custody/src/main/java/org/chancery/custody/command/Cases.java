package org.chancery.custody.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verbs of `chancery case`.
final class Cases {
    static final String HELP =
            """
            chancery case VERB, on a machine of an officer, a custodian or the archivist; never the
            server

            The officer who asks and the one who approves, each at home:
              sign --case FILE --key FILE
            Each custodian at home, when the case is logged:
              release --case FOLDER --stock FOLDER --policy FILE --officer CARD (each that you know)
                      --reading-room CARD --shares FOLDER --key FILE --out FOLDER
                  seal the shares in scope anew, for that reading room and that leaf only
            The archivist:
              open --dossier FOLDER --stock FOLDER --policy FILE --officer CARD (each)
                   --release FOLDER (each) --key FILE --out FOLDER [--search WORDS]
                  also: chancery open-case
              seal --export FOLDER --proof FILE --pieces-proof FILE --policy FILE
                  when the two leaves in to-log are logged: add their proofs
              package --export FOLDER --kind bagit|csip --id ID --source NAME --title TEXT
                      --creator NAME --appraisal B|V|N --restriction TEXT --out FOLDER
                  a sealed export for an e-depot, described in MDTO
              redact --export FOLDER --redactions FILE --out FOLDER
                  cut out what may not be shown; what is left proves against the logged leaf

            --policy names the log and the witnesses that you trust; --officer is a card that you
            were given by hand, not by the server. --search lets only what holds these words out.
            Exit codes: 0 done, 1 refused, 2 not a command, 3 a file could not be read or written.
            """;

    private static final Map<String, Verb> VERBS =
            Map.of(
                    "sign", new Verb(Set.of("case", "key"), CaseCommand::sign),
                    "release",
                            new Verb(
                                    Set.of(
                                            "case",
                                            "stock",
                                            "policy",
                                            "officer",
                                            "reading-room",
                                            "shares",
                                            "key",
                                            "out"),
                                    CaseCommand::release),
                    "open",
                            new Verb(
                                    Set.of(
                                            "dossier", "stock", "policy", "officer", "release",
                                            "key", "out", "search"),
                                    OpenCommand::open),
                    "seal",
                            new Verb(
                                    Set.of("export", "proof", "pieces-proof", "policy"),
                                    OpenCommand::seal),
                    "package",
                            new Verb(
                                    Set.of(
                                            "export",
                                            "kind",
                                            "id",
                                            "source",
                                            "title",
                                            "creator",
                                            "appraisal",
                                            "restriction",
                                            "out"),
                                    OpenCommand::pack),
                    "redact", new Verb(Set.of("export", "redactions", "out"), OpenCommand::redact));

    private Cases() {}

    /// Does what the words after `chancery case` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Tools tools) {
        return Verb.run("case", args, HELP, VERBS, tools);
    }

    /// Does what the words after `chancery open-case` say.
    static int open(List<String> args, Tools tools) {
        List<String> words = new ArrayList<>(args);
        words.addFirst("open");
        return run(words, tools);
    }
}
