package org.chancery.custody.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.ReshareEntry;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;

/// The public part of a stock, as it goes to the server and to everybody who checks:
///
///     stock.json              the entry for the log
///     identities/00001.json   the identities with their containers
///     shares-1/00001.json     the digests of their shares; shares-2 after a re-sharing
///     reshare-2.json          the entry of a re-sharing
///
/// A folder without `stock.json` is a ceremony that did not end, and no stock.
public final class StockFolder {
    private static final String STOCK = "stock.json";

    private final Path folder;
    private final StockEntry stock;

    private StockFolder(Path folder, StockEntry stock) {
        this.folder = folder;
        this.stock = stock;
    }

    /// The stock in that folder; refuses a folder in which no ceremony came to its end.
    public static StockFolder open(Path folder) throws IOException {
        if (!Files.exists(folder.resolve(STOCK))) {
            throw new MalformedArchive("there is no stock in " + folder + ": no " + STOCK);
        }
        return new StockFolder(folder, stockIn(folder.resolve(STOCK)));
    }

    /// The entry in such a file.
    public static StockEntry stockIn(Path file) throws IOException {
        if (LogEntry.parse(OwnFiles.read(file, LogEntry.BYTES_MAX)) instanceof StockEntry entry) {
            return entry;
        }
        throw new MalformedArchive(file + " is not the entry of a stock");
    }

    /// Where a ceremony writes its public part; [#finish] makes it a stock.
    public static final class Writer {
        private final Path folder;
        private final List<Digest> identities = new ArrayList<>();
        private final List<Digest> shares = new ArrayList<>();

        public Writer(Path folder) throws IOException {
            this.folder = folder;
            OwnFiles.makeFolder(folder);
            OwnFiles.makeFolder(folder.resolve("identities"));
            OwnFiles.makeFolder(sharesOf(folder, 1));
        }

        public void add(ArchiveIdentity identity, SharesEntry digests) throws IOException {
            OwnFiles.write(identityFile(folder, identity.number()), identity.bytes());
            OwnFiles.write(sharesFile(folder, 1, identity.number()), digests.bytes());
            identities.add(IdentityEntry.of(identity).digest());
            shares.add(digests.digest());
        }

        /// The digest over the identities that were added.
        public Digest identitiesDigest() {
            return StockEntry.digestOf(identities);
        }

        /// The digest over the digests of their shares.
        public Digest sharesDigest() {
            return SharesEntry.digestOf(shares);
        }

        public void finish(StockEntry entry) throws IOException {
            OwnFiles.write(folder.resolve(STOCK), entry.bytes());
        }
    }

    public StockEntry stock() {
        return stock;
    }

    /// The identity of that number, as the stock's entry commits to it; see [#check].
    public ArchiveIdentity identity(int number) throws IOException {
        ArchiveIdentity identity =
                ArchiveIdentity.parse(
                        OwnFiles.read(identityFile(folder, number), ArchiveIdentity.BYTES_MAX));
        if (identity.number() != number || !identity.stock().equals(stock.stock())) {
            throw new MalformedArchive("the file of identity " + number + " holds another");
        }
        return identity;
    }

    /// The digests of the shares of an identity.
    public SharesEntry shares(int generation, int number) throws IOException {
        Path file = sharesFile(folder, generation, number);
        if (LogEntry.parse(OwnFiles.read(file, LogEntry.BYTES_MAX)) instanceof SharesEntry entry
                && entry.number() == number
                && entry.generation() == generation
                && entry.stock().equals(stock.stock())) {
            return entry;
        }
        throw new MalformedArchive("the file of the shares of " + number + " holds another");
    }

    /// The latest sharing, and the entry of the log that states it.
    public record Latest(Sharing sharing, LogEntry entry) {}

    /// Who holds the shares now.
    public Latest latest() throws IOException {
        Latest latest = new Latest(stock.sharing(), stock);
        for (int next = 2; next <= Sharing.GENERATIONS_MAX; next++) {
            Path file = reshareFile(next);
            if (!Files.exists(file)) {
                return latest;
            }
            if (LogEntry.parse(OwnFiles.read(file, LogEntry.BYTES_MAX))
                            instanceof ReshareEntry entry
                    && entry.stock().equals(stock.stock())
                    && entry.sharing().generation() == next) {
                latest = new Latest(entry.sharing(), entry);
            } else {
                throw new MalformedArchive(file + " is not the entry of that re-sharing");
            }
        }
        return latest;
    }

    /// Refuses a folder that is not what the entries of the log commit to, to the last byte.
    public void check(Latest latest) throws IOException {
        List<Digest> identities = new ArrayList<>();
        List<Digest> shares = new ArrayList<>();
        for (int number = 1; number <= stock.identities(); number++) {
            identities.add(IdentityEntry.of(identity(number)).digest());
            shares.add(shares(latest.sharing().generation(), number).digest());
        }
        if (!StockEntry.digestOf(identities).equals(stock.identitiesDigest())) {
            throw new MalformedArchive("the identities in " + folder + " are not those of the log");
        }
        if (!SharesEntry.digestOf(shares).equals(latest.sharing().sharesDigest())) {
            throw new MalformedArchive(
                    "the digests of the shares in " + folder + " are not those of the log");
        }
    }

    /// Adds the digests of the shares of a re-sharing. It counts when [#addReshare] ends it.
    public void addShares(SharesEntry digests) throws IOException {
        OwnFiles.makeFolders(sharesOf(folder, digests.generation()));
        OwnFiles.replace(
                sharesFile(folder, digests.generation(), digests.number()), digests.bytes());
    }

    public void addReshare(ReshareEntry entry) throws IOException {
        OwnFiles.write(reshareFile(entry.sharing().generation()), entry.bytes());
    }

    /// Removes what a re-sharing that failed has written.
    public void dropShares(int generation) throws IOException {
        if (!Files.exists(reshareFile(generation))) {
            OwnFiles.removeFolder(sharesOf(folder, generation));
        }
    }

    private Path reshareFile(int generation) {
        return folder.resolve("reshare-" + generation + ".json");
    }

    private static Path identityFile(Path folder, int number) {
        return folder.resolve("identities").resolve(numbered(number));
    }

    private static Path sharesOf(Path folder, int generation) {
        return folder.resolve("shares-" + generation);
    }

    private static Path sharesFile(Path folder, int generation, int number) {
        return sharesOf(folder, generation).resolve(numbered(number));
    }

    static String numbered(int number) {
        return "%05d.json".formatted(number);
    }
}
