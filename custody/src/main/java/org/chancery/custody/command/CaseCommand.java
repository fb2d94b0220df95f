package org.chancery.custody.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.ceremony.ShareHolder;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.opening.CaseCheck;
import org.chancery.custody.seal.HolderKeys;

/// `sign` and `release`: what officers and custodians do for a case, each at home.
final class CaseCommand {
    private CaseCommand() {}

    /// Puts an officer's name to a case, after they were told what it is.
    static void sign(Words words, Tools tools) throws IOException {
        Path file = words.path("case");
        if (!(LogEntry.parse(OwnFiles.read(file, LogEntry.BYTES_MAX)) instanceof CaseEntry entry)) {
            throw new MalformedArchive(file + " is not a case");
        }
        tell(entry, tools);
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            boolean requests = entry.signers().requester().signing().equals(keys.card().signing());
            CaseEntry signed =
                    requests ? entry.requestedBy(keys.signing()) : entry.approvedBy(keys.signing());
            OwnFiles.replace(file, signed.bytes());
            tools.say("Signed, as the one who %s.", requests ? "asks" : "approves");
        }
    }

    private static void tell(CaseEntry entry, Tools tools) {
        tools.say(
                "Case %s, %s, by %s",
                entry.ground().reference(), entry.ground().kind(), entry.ground().article());
        tools.say("Why: %s", entry.ground().necessity());
        for (CaseScope scope : entry.scope()) {
            tools.say(
                    "Room %s from %s until %s, %d devices",
                    scope.room(), scope.from(), scope.until(), scope.devices().size());
        }
        tools.say(
                "Asked by %s, approved by %s; members are told at %s %s",
                entry.signers().requester().name(),
                entry.signers().approver().name(),
                entry.notice().at(),
                entry.notice().reason());
    }

    /// Seals the shares in scope anew to the reading room of a case that was checked.
    static void release(Words words, Tools tools) throws IOException {
        DossierReader dossier = DossierReader.open(new DossierOnDisk(words.path("case")));
        Custodian room = tools.card(words.path("reading-room"));
        CaseOrder order = checked(dossier, room, words, tools);
        tell(order.entry(), tools);
        tools.say("Compare by voice the reading room's fingerprint: %s", room.fingerprint());
        StockFolder stock = StockFolder.open(words.path("stock"));
        StockFolder.Latest latest = stock.latest();
        stock.check(latest);
        SharesFolder shares = SharesFolder.open(words.path("shares"));
        Path out = words.path("out");
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            Sharing sharing = latest.sharing();
            ShareHolder holder = new ShareHolder(keys, sharing);
            OwnFiles.makeWhole(
                    out,
                    draft -> {
                        SharesFolder released = SharesFolder.open(draft);
                        for (CaseScope scope : order.entry().scope()) {
                            checkStock(scope, stock);
                            released.write(
                                    holder.release(
                                            order,
                                            stock.identity(scope.number()),
                                            stock.shares(sharing.generation(), scope.number()),
                                            shares.read(scope.number()),
                                            tools.random()));
                        }
                    });
        }
        tools.say("Released to %s. Only that reading room opens it, for that case.", out);
    }

    /// The case, checked against what this machine's owner has pinned.
    static CaseOrder checked(DossierReader dossier, Custodian room, Words words, Tools tools)
            throws IOException {
        List<Custodian> officers = new ArrayList<>();
        for (Path card : words.paths("officer")) {
            officers.add(tools.card(card));
        }
        CaseOrder order = CaseCheck.check(dossier, officers, policy(words), room.sealing());
        tools.say("Logged and witnessed: leaf %d of the log.", order.index());
        return order;
    }

    static LogPolicy policy(Words words) throws IOException {
        return LogPolicy.parse(OwnFiles.read(words.path("policy"), LogPolicy.BYTES_MAX));
    }

    static void checkStock(CaseScope scope, StockFolder stock) {
        if (!scope.stock().equals(stock.stock().stock())) {
            throw new MalformedArchive("the case is about another stock than this");
        }
    }
}
