package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.ceremony.ShareHolder;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SigningKey;

/// `order`, `sign` and `challenge`: what the custodians are asked for, their names under it, and
/// what it chooses.
final class OrderCommand {
    private static final int PROOF_BYTES_MAX = 1 << 16;

    private OrderCommand() {}

    /// Writes an order that nobody has signed yet.
    static void order(Words words, Tools tools) throws IOException {
        StockFolder stock = StockFolder.open(words.path("stock"));
        Order.Purpose purpose = Order.Purpose.parse(words.text("purpose"));
        StockFolder.Latest latest = stock.latest();
        Order order =
                new Order(
                        purpose,
                        stock.stock().stock(),
                        latest.sharing().generation(),
                        tools.card(words.path("desk")).sealing(),
                        words.number("identity", 0, ArchiveIdentity.NUMBER_MAX),
                        words.text("reason"),
                        tools.now(),
                        new String(OwnFiles.read(words.path("proof"), PROOF_BYTES_MAX), UTF_8),
                        List.of());
        OwnFiles.write(words.path("out"), order.bytes());
        tools.say("The order is written. Two custodians of two organisations sign it now.");
    }

    /// Adds a custodian's name, after the custodian was told what it is put to.
    static void sign(Words words, Tools tools) throws IOException {
        Path file = words.path("order");
        Order order = read(file);
        StockFolder stock = StockFolder.open(words.path("stock"));
        StockFolder.Latest latest = checked(order, stock, words, tools);
        Custodian desk = tools.card(words.path("desk"));
        if (!desk.sealing().equals(order.desk())) {
            throw new MalformedArchive(
                    "the order is refused: it is for another key than this desk's");
        }
        tools.say("Order for a %s of stock %s: %s", order.purpose(), order.stock(), order.reason());
        tools.say("Compare by voice the desk's fingerprint: %s", desk.fingerprint());
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            new ShareHolder(keys, latest.sharing());
            OwnFiles.replace(file, order.signed(keys.card().id(), keys.signing()).bytes());
        }
        tools.say("Signed.");
    }

    /// Tells which identities a signed order for a tenth chooses, and what that proves.
    static void challenge(Words words, Tools tools) throws IOException {
        Order order = read(words.path("order"));
        StockFolder stock = StockFolder.open(words.path("stock"));
        order.check(checked(order, stock, words, tools).sharing(), SigningKey.verifier());
        if (order.purpose() != Order.Purpose.TENTH) {
            throw new MalformedArchive("only an order for a tenth chooses");
        }
        int all = stock.stock().identities();
        tools.say(
                "Of %d identities %d are opened. A machine that cheated with one is caught in"
                        + " %.0f of 100 cases.",
                all, Choice.size(all), Choice.percentCaught(all, 1));
        tools.terminal()
                .out()
                .println(
                        Choice.of(order, all).stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" ")));
    }

    static Order read(Path file) throws IOException {
        return Order.parse(OwnFiles.read(file, Order.BYTES_MAX));
    }

    /// The sharing that an order is about. Refuses one for another stock, one whose stock is not
    /// proved to be in the log that is pinned, and a folder that is not what was logged.
    static StockFolder.Latest checked(Order order, StockFolder stock, Words words, Tools tools)
            throws IOException {
        if (!order.stock().equals(stock.stock().stock())) {
            throw new MalformedArchive("the order is refused: it is for another stock");
        }
        StockFolder.Latest latest = stock.latest();
        LogPolicy policy =
                LogPolicy.parse(OwnFiles.read(words.path("policy"), LogPolicy.BYTES_MAX));
        long index = policy.check(latest.entry(), order.proof());
        stock.check(latest);
        tools.say("Logged and witnessed: leaf %d of the log.", index);
        return latest;
    }

    /// The identities whose shares an order asks for.
    static List<Integer> scope(Order order, StockFolder folder) throws IOException {
        StockEntry stock = folder.stock();
        return switch (order.purpose()) {
            case TENTH -> Choice.of(order, stock.identities());
            case RESHARE -> IntStream.rangeClosed(1, stock.identities()).boxed().toList();
            case REHEARSAL -> rehearsed(order, folder);
        };
    }

    private static List<Integer> rehearsed(Order order, StockFolder folder) throws IOException {
        if (order.number() > folder.stock().identities()
                || folder.identity(order.number()).use() != ArchiveIdentity.Use.REHEARSAL) {
            throw new MalformedArchive(
                    "the order is refused: identity " + order.number() + " is not for rehearsals");
        }
        return List.of(order.number());
    }

    /// The sharing, where the order is signed as it must be.
    static Sharing signed(Order order, StockFolder stock, Words words, Tools tools)
            throws IOException {
        Sharing sharing = checked(order, stock, words, tools).sharing();
        order.check(sharing, SigningKey.verifier());
        return sharing;
    }
}
