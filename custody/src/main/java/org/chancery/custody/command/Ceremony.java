package org.chancery.custody.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The verbs of `chancery ceremony`.
final class Ceremony {
    static final String HELP =
            """
            chancery ceremony VERB, on a machine of the custodians that is never the server

            Each custodian, once:
              custodian-key --name NAME --organisation NAME --out FILE
                  make a key file behind a password, and beside it the public card
            The ceremony, offline, two custodians present:
              make-stock --server-name NAME --card FILE (each custodian's) --k K --identities N
                         --present NAME --present NAME --out FOLDER
                         [--first 2026Q4] [--quarters N] [--spares N] [--rehearsals N]
            Bringing shares together, at a desk, offline:
              desk-key --name NAME --organisation NAME --out FILE
              order --purpose tenth|reshare|rehearsal --stock FOLDER --desk CARD --proof FILE
                    --reason TEXT --out FILE [--identity NUMBER, for a rehearsal]
              sign --order FILE --stock FOLDER --desk CARD --policy FILE --key FILE
                  two custodians of two organisations, each at home
              challenge --order FILE --stock FOLDER --policy FILE
                  which identities a signed order for a tenth chooses
              release --order FILE --stock FOLDER --policy FILE --shares FOLDER --key FILE
                      --out FOLDER
                  each custodian at home: seal the shares in question anew, for that desk only
              open-tenth --order FILE --stock FOLDER --policy FILE --release FOLDER (each)
                         --key FILE --out FILE
              reshare    as open-tenth, and: --card FILE (each new custodian's) --k K, --out FOLDER
              rehearse   as open-tenth
            Each quarter, each custodian at home:
              check-shares --stock FOLDER --shares FOLDER --key FILE --out FILE

            --proof is the proof from the log (C2SP tlog-proof) that the stock, or its last
            re-sharing, is logged; --policy names the log and the witnesses that you trust.
            Results go to the standard output, all else to the standard error.
            Exit codes: 0 done, 1 refused, 2 not a command, 3 a file could not be read or written.
            """;

    private static final Map<String, Verb> VERBS = verbs();

    private Ceremony() {}

    private static Map<String, Verb> verbs() {
        Set<String> key = Set.of("name", "organisation", "out");
        Set<String> desk = Set.of("order", "stock", "policy", "release", "key", "out");
        Map<String, Verb> verbs = new HashMap<>();
        verbs.put("custodian-key", new Verb(key, KeyCommand::run));
        verbs.put("desk-key", new Verb(key, KeyCommand::run));
        verbs.put(
                "make-stock",
                new Verb(
                        Set.of(
                                "server-name",
                                "card",
                                "k",
                                "identities",
                                "present",
                                "out",
                                "first",
                                "quarters",
                                "spares",
                                "rehearsals"),
                        StockCommand::run));
        verbs.put(
                "order",
                new Verb(
                        Set.of("purpose", "stock", "desk", "proof", "reason", "out", "identity"),
                        OrderCommand::order));
        verbs.put(
                "sign",
                new Verb(Set.of("order", "stock", "desk", "policy", "key"), OrderCommand::sign));
        verbs.put(
                "challenge", new Verb(Set.of("order", "stock", "policy"), OrderCommand::challenge));
        verbs.put(
                "release",
                new Verb(
                        Set.of("order", "stock", "policy", "shares", "key", "out"),
                        HolderCommand::release));
        verbs.put("open-tenth", new Verb(desk, DeskCommand::openTenth));
        verbs.put("rehearse", new Verb(desk, DeskCommand::rehearse));
        verbs.put(
                "reshare",
                new Verb(
                        Set.of("order", "stock", "policy", "release", "key", "out", "card", "k"),
                        DeskCommand::reshare));
        verbs.put(
                "check-shares",
                new Verb(Set.of("stock", "shares", "key", "out"), HolderCommand::check));
        return verbs;
    }

    /// Does what the words after `chancery ceremony` say.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Tools tools) {
        return Verb.run("ceremony", args, HELP, VERBS, tools);
    }
}
