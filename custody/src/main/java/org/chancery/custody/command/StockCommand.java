package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.ceremony.CeremonyPlan;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.protocol.id.ServerName;

/// `make-stock`: the ceremony itself. Everything is written to a folder beside the one that was
/// asked
/// for, which takes its name when all is there; a ceremony that fails leaves nothing, and one that
/// is
/// killed leaves a folder that no verb takes.
final class StockCommand {
    static final String PUBLIC = "public";
    private static final int PRESENT_MIN = 2;
    private static final int ATTEMPTS_MAX = 3;
    private static final int QUARTERS_USUAL = 8;
    private static final int SPARES_USUAL = 4;
    private static final int REHEARSALS_USUAL = 2;
    private static final int EACH_TOLD = 10;

    private final Words words;
    private final Tools tools;

    private StockCommand(Words words, Tools tools) {
        this.words = words;
        this.tools = tools;
    }

    static void run(Words words, Tools tools) throws IOException {
        new StockCommand(words, tools).run();
    }

    private void run() throws IOException {
        Path out = words.path("out");
        if (Files.exists(out)) {
            throw new CommandFault(CommandFault.REFUSED, out + " is there already.");
        }
        CeremonyPlan plan = plan();
        List<Digest> present = askThePresent(plan.custodians());
        OwnFiles.makeWhole(out, draft -> make(plan, present, draft));
        tell(plan, out);
    }

    private CeremonyPlan plan() throws IOException {
        List<Custodian> custodians = new ArrayList<>();
        for (Path card : words.paths("card")) {
            custodians.add(tools.card(card));
        }
        byte[] drawn = new byte[StockId.BYTES];
        tools.random().nextBytes(drawn);
        Quarter now = Quarter.of(LocalDate.ofInstant(tools.now(), ZoneOffset.UTC));
        Optional<String> first = words.optional("first");
        return new CeremonyPlan(
                StockId.of(drawn),
                ServerName.parse(words.text("server-name")),
                first.isPresent() ? Quarter.parse(first.get()) : now,
                words.number("quarters", QUARTERS_USUAL, ArchiveIdentity.DEVICES_MAX),
                words.number("spares", SPARES_USUAL, ArchiveIdentity.DEVICES_MAX),
                words.number("identities", 1, ArchiveIdentity.NUMBER_MAX),
                words.number("rehearsals", REHEARSALS_USUAL, ArchiveIdentity.NUMBER_MAX),
                words.number("k", 1, Sharing.CUSTODIANS_MAX),
                custodians);
    }

    /// Two custodians or more say that they are here, by the fingerprint that they brought on
    /// paper.
    private List<Digest> askThePresent(List<Custodian> custodians) throws IOException {
        List<Digest> present = new ArrayList<>();
        Set<String> asked = new HashSet<>();
        for (String name : words.texts("present")) {
            Custodian custodian =
                    custodians.stream()
                            .filter(one -> one.name().equals(name))
                            .findFirst()
                            .orElseThrow(() -> CommandFault.misused(name + " is no card's name"));
            if (asked.add(name)) {
                present.add(confirmed(custodian));
            }
        }
        if (present.size() < PRESENT_MIN) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    "Two custodians must be present. Name each with --present NAME.");
        }
        return present;
    }

    private Digest confirmed(Custodian custodian) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            String typed =
                    tools.terminal()
                            .answer(
                                    custodian.name()
                                            + ", type your key's fingerprint, from your paper: ");
            if (custodian.isFingerprint(typed)) {
                return custodian.id();
            }
            tools.say("That is not the fingerprint of the card of %s.", custodian.name());
        }
        throw new CommandFault(
                CommandFault.REFUSED,
                "The card of " + custodian.name() + " is not the card that they know as theirs.");
    }

    private void make(CeremonyPlan plan, List<Digest> present, Path draft) throws IOException {
        StockFolder.Writer writer = new StockFolder.Writer(draft.resolve(PUBLIC));
        List<SharesFolder> folders = new ArrayList<>();
        for (Custodian custodian : plan.custodians()) {
            folders.add(SharesFolder.make(draft.resolve(sharesOf(custodian))));
        }
        IdentityMaker maker = new IdentityMaker(plan, tools.random());
        for (int number = 1; number <= plan.identities(); number++) {
            IdentityMaker.Made made = maker.make(number);
            writer.add(made.identity(), made.digests());
            for (int i = 0; i < folders.size(); i++) {
                folders.get(i).write(made.shares().get(i));
            }
            if (number % EACH_TOLD == 0 || number == plan.identities()) {
                tools.say("Made %d of %d identities.", number, plan.identities());
            }
        }
        Sharing sharing = new Sharing(1, plan.k(), plan.custodians(), writer.sharesDigest());
        writer.finish(
                new StockEntry(
                        plan.stock(),
                        plan.server(),
                        tools.now(),
                        plan.identities(),
                        writer.identitiesDigest(),
                        sharing,
                        present));
    }

    private void tell(CeremonyPlan plan, Path out) {
        int all = plan.identities();
        tools.say("The stock %s is in %s.", plan.stock(), out);
        tools.say("  %s goes to the server, and its entries into the log.", out.resolve(PUBLIC));
        for (Custodian custodian : plan.custodians()) {
            tools.say("  %s goes to %s.", out.resolve(sharesOf(custodian)), custodian.name());
        }
        Sharing sharing = new Sharing(1, plan.k(), plan.custodians(), Digest.of("none"));
        for (String house : sharing.couldOpenAlone()) {
            tools.say("Note: %s holds %d shares or more, and could open alone.", house, plan.k());
        }
        tools.say(
                "Next, when the stock is logged: %d of %d identities are opened and discarded. A"
                        + " machine that cheated with one is caught in %.0f of 100 cases, with ten"
                        + " in %.0f.",
                Choice.size(all),
                all,
                Choice.percentCaught(all, 1),
                Choice.percentCaught(all, Math.min(10, all)));
        tools.say("The keys were wiped. Switch this machine off, so that its memory forgets too.");
        tools.terminal().out().println(plan.stock());
    }

    static String sharesOf(Custodian custodian) {
        return "shares-" + custodian.fingerprint();
    }
}
