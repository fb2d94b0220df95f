package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.entry.RehearsalEntry;
import org.chancery.archive.entry.ReshareEntry;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.ceremony.Rehearsal;
import org.chancery.custody.ceremony.Resharing;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.Secret;

/// `open-tenth`, `reshare` and `rehearse`: what is done at the desk with the shares that the
/// custodians released to it.
final class DeskCommand implements AutoCloseable {
    private static final int MESSAGES = 25;
    private static final int FAULTS_MAX = 20;
    private static final int FAULT_LENGTH_MAX = 300;

    private final Words words;
    private final Tools tools;
    private final Order order;
    private final StockFolder stock;
    private final Sharing sharing;
    private final HolderKeys keys;
    private final List<SharesFolder> releases = new ArrayList<>();

    private DeskCommand(Words words, Tools tools, Order.Purpose purpose) throws IOException {
        this.words = words;
        this.tools = tools;
        this.order = OrderCommand.read(words.path("order"));
        this.stock = StockFolder.open(words.path("stock"));
        if (order.purpose() != purpose) {
            throw new MalformedArchive("the order is for a " + order.purpose());
        }
        this.sharing = OrderCommand.signed(order, stock, words, tools);
        for (Path release : words.paths("release")) {
            releases.add(SharesFolder.open(release));
        }
        this.keys = tools.unlock(words.path("key"));
    }

    static void openTenth(Words words, Tools tools) throws IOException {
        try (DeskCommand desk = new DeskCommand(words, tools, Order.Purpose.TENTH)) {
            desk.openTenth();
        }
    }

    static void reshare(Words words, Tools tools) throws IOException {
        try (DeskCommand desk = new DeskCommand(words, tools, Order.Purpose.RESHARE)) {
            desk.reshare();
        }
    }

    static void rehearse(Words words, Tools tools) throws IOException {
        try (DeskCommand desk = new DeskCommand(words, tools, Order.Purpose.REHEARSAL)) {
            desk.rehearse();
        }
    }

    private void openTenth() throws IOException {
        if (releases.size() < sharing.k()) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    releases.size() + " custodians released their shares; it takes " + sharing.k());
        }
        List<Integer> chosen = OrderCommand.scope(order, stock);
        List<String> faults = new ArrayList<>();
        for (int number : chosen) {
            for (String fault :
                    keyDesk().prove(stock.identity(number), digests(number), of(number))) {
                faults.add(cut("identity " + number + ": " + fault));
            }
        }
        TenthEntry entry =
                new TenthEntry(
                        order.stock(),
                        tools.now(),
                        order.digest(),
                        chosen,
                        faults.subList(0, Math.min(faults.size(), FAULTS_MAX)));
        OwnFiles.write(words.path("out"), entry.bytes());
        faults.forEach(fault -> tools.say("%s", fault));
        tools.terminal().out().printf("%d opened, %d faults%n", chosen.size(), faults.size());
        if (!faults.isEmpty()) {
            throw new CommandFault(
                    CommandFault.REFUSED, "This stock is not sound: no room may have of it.");
        }
        tools.say("What was opened is discarded: no room gets one of these identities.");
    }

    private void reshare() throws IOException {
        List<Custodian> custodians = new ArrayList<>();
        for (Path card : words.paths("card")) {
            custodians.add(tools.card(card));
        }
        int k = words.number("k", 1, Sharing.CUSTODIANS_MAX);
        Sharing.checkQuorum(k, custodians);
        Path out = words.path("out");
        int generation = sharing.generation() + 1;
        Sharing next = new Sharing(generation, k, custodians, order.digest());
        List<Digest> made = new ArrayList<>();
        if (Files.exists(out)) {
            throw new CommandFault(CommandFault.REFUSED, out + " is there already.");
        }
        boolean done = false;
        try {
            OwnFiles.makeWhole(out, draft -> split(next, draft, made));
            stock.addReshare(
                    new ReshareEntry(
                            order.stock(),
                            tools.now(),
                            order.digest(),
                            new Sharing(generation, k, custodians, SharesEntry.digestOf(made))));
            done = true;
        } finally {
            if (!done) {
                OwnFiles.removeFolder(out);
                stock.dropShares(generation);
            }
        }
        tools.say(
                "Every key opened its container once and was split anew, generation %d.",
                generation);
        tools.say("The old shares still open. Their holders destroy them, and say so in writing.");
        tools.terminal().out().println(generation);
    }

    private void split(Sharing next, Path out, List<Digest> made) throws IOException {
        List<SharesFolder> folders = new ArrayList<>();
        for (Custodian custodian : next.custodians()) {
            folders.add(SharesFolder.make(out.resolve(StockCommand.sharesOf(custodian))));
        }
        Resharing resharing = new Resharing(keyDesk(), next, tools.random());
        for (int number = 1; number <= stock.stock().identities(); number++) {
            Resharing.Reshared reshared =
                    resharing.reshare(stock.identity(number), digests(number), of(number));
            stock.addShares(reshared.digests());
            made.add(reshared.digests().digest());
            for (int i = 0; i < folders.size(); i++) {
                folders.get(i).write(reshared.shares().get(i));
            }
        }
    }

    private void rehearse() throws IOException {
        ArchiveIdentity identity = stock.identity(order.number());
        int written = 0;
        int read = 0;
        for (ArchiveDevice device : identity.devices()) {
            written += MESSAGES;
            try (Secret key =
                            keyDesk()
                                    .key(
                                            identity,
                                            device,
                                            digests(order.number()),
                                            of(order.number()));
                    OlmAccount account = KeyDesk.open(device, key)) {
                read += Rehearsal.play(identity.user(), device, account, MESSAGES);
            }
        }
        List<Digest> took = new ArrayList<>();
        for (SealedShares release : of(order.number())) {
            took.add(sharing.custodians().get(release.index() - 1).id());
        }
        OwnFiles.write(
                words.path("out"),
                new RehearsalEntry(
                                order.stock(),
                                order.number(),
                                tools.now(),
                                order.digest(),
                                took,
                                written,
                                read)
                        .bytes());
        tools.terminal().out().printf("%d of %d messages read%n", read, written);
        if (read < written) {
            throw new CommandFault(CommandFault.REFUSED, "The rehearsal failed.");
        }
    }

    private KeyDesk keyDesk() {
        return new KeyDesk(keys, order, sharing, tools.random());
    }

    private SharesEntry digests(int number) throws IOException {
        return stock.shares(sharing.generation(), number);
    }

    private List<SealedShares> of(int number) throws IOException {
        List<SealedShares> released = new ArrayList<>();
        for (SharesFolder release : releases) {
            released.add(release.read(number));
        }
        return released;
    }

    private static String cut(String fault) {
        return fault.length() <= FAULT_LENGTH_MAX ? fault : fault.substring(0, FAULT_LENGTH_MAX);
    }

    @Override
    public void close() {
        keys.close();
    }
}
