package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.entry.ShareCheckEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.ShareHolder;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.seal.HolderKeys;

/// `check-shares` and `release`: what a custodian does at home with their own shares.
final class HolderCommand {
    private static final int EACH_TOLD = 100;

    private HolderCommand() {}

    /// Opens every share and signs how many are whole.
    static void check(Words words, Tools tools) throws IOException {
        StockFolder stock = StockFolder.open(words.path("stock"));
        StockFolder.Latest latest = stock.latest();
        stock.check(latest);
        SharesFolder shares = SharesFolder.open(words.path("shares"));
        int good = 0;
        List<Digest> bad = new ArrayList<>();
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            Sharing sharing = latest.sharing();
            ShareHolder holder = new ShareHolder(keys, sharing);
            for (int number = 1; number <= stock.stock().identities(); number++) {
                ShareHolder.Count count =
                        holder.count(
                                stock.identity(number),
                                stock.shares(sharing.generation(), number),
                                shares.read(number));
                good += count.good();
                bad.addAll(count.bad());
                tell(number, stock, tools);
            }
            ShareCheckEntry entry =
                    new ShareCheckEntry(
                            stock.stock().stock(),
                            sharing.generation(),
                            keys.card().id(),
                            tools.now(),
                            good,
                            bad.subList(0, Math.min(bad.size(), ShareCheckEntry.BAD_MAX)),
                            "");
            OwnFiles.write(words.path("out"), entry.signed(keys.signing()).bytes());
        }
        bad.forEach(share -> tools.say("The share with the digest %s is corrupt.", share));
        tools.terminal().out().printf("%d good, %d bad%n", good, bad.size());
        if (!bad.isEmpty()) {
            throw new CommandFault(
                    CommandFault.REFUSED,
                    "Not every share is whole. Hand in the signed count; ask for a re-sharing.");
        }
    }

    private static void tell(int number, StockFolder stock, Tools tools) {
        if (number % EACH_TOLD == 0) {
            tools.say("Opened the shares of %d of %d.", number, stock.stock().identities());
        }
    }

    /// Seals the shares in scope of an order anew, to the desk that two custodians signed for.
    static void release(Words words, Tools tools) throws IOException {
        Order order = OrderCommand.read(words.path("order"));
        StockFolder stock = StockFolder.open(words.path("stock"));
        Sharing sharing = OrderCommand.signed(order, stock, words, tools);
        SharesFolder shares = SharesFolder.open(words.path("shares"));
        List<Integer> scope = OrderCommand.scope(order, stock);
        tools.say("Order for a %s of stock %s: %s", order.purpose(), order.stock(), order.reason());
        tools.say("It asks for your shares of %d identities.", scope.size());
        Path out = words.path("out");
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            ShareHolder holder = new ShareHolder(keys, sharing);
            if (order.purpose() == Order.Purpose.TENTH) {
                shares.noteTenth(order);
            }
            OwnFiles.makeWhole(
                    out,
                    draft -> {
                        SharesFolder released = SharesFolder.open(draft);
                        for (int number : scope) {
                            released.write(
                                    holder.release(
                                            order,
                                            stock.identity(number),
                                            stock.shares(sharing.generation(), number),
                                            shares.read(number),
                                            tools.random()));
                        }
                    });
        }
        tools.say("Released to %s. Only the desk of this order opens it.", out);
    }
}
