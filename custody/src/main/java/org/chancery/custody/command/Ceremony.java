package org.chancery.custody.command;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.olm.OlmFault;
import org.chancery.custody.seal.SealFault;
import org.chancery.protocol.id.MalformedId;

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

    /// What a verb does, and with which options.
    private record Verb(Set<String> options, Act act) {}

    private interface Act {
        void run(Words words, Tools tools) throws IOException;
    }

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
        if (args.contains("--help") || args.equals(List.of("help"))) {
            tools.terminal().out().print(HELP);
            return 0;
        }
        try {
            Map<String, Set<String>> options = new HashMap<>();
            VERBS.forEach((name, verb) -> options.put(name, verb.options()));
            Words words = Words.read(args, options, tools.here());
            Verb verb = VERBS.get(words.verb());
            if (verb == null) {
                throw CommandFault.misused("there is no verb " + words.verb());
            }
            verb.act().run(words, tools);
            return 0;
        } catch (CommandFault e) {
            return told(e.getMessage(), e.exit(), tools);
        } catch (MalformedArchive | SealFault | OlmFault | MalformedId e) {
            return told(String.valueOf(e.getMessage()), CommandFault.REFUSED, tools);
        } catch (IOException e) {
            return told(String.valueOf(e.getMessage()), CommandFault.UNREADABLE, tools);
        }
    }

    private static int told(String message, int exit, Tools tools) {
        tools.say("chancery ceremony: %s", message);
        return exit;
    }
}
