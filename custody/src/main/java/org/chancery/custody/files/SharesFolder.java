package org.chancery.custody.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.MalformedArchive;

/// A custodian's own shares, one file for each identity, or the shares of a release; and which
/// orders
/// they were released for.
public final class SharesFolder {
    private static final String TENTH = "released-tenth.json";

    private final Path folder;

    private SharesFolder(Path folder) {
        this.folder = folder;
    }

    public static SharesFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new MalformedArchive("there is no folder of shares at " + folder);
        }
        return new SharesFolder(folder);
    }

    public static SharesFolder make(Path folder) throws IOException {
        OwnFiles.makeFolder(folder);
        return new SharesFolder(folder);
    }

    public SealedShares read(int number) throws IOException {
        return SealedShares.parse(
                OwnFiles.read(folder.resolve(name(number)), SealedShares.BYTES_MAX));
    }

    public boolean has(int number) {
        return Files.exists(folder.resolve(name(number)));
    }

    public void write(SealedShares shares) throws IOException {
        OwnFiles.write(folder.resolve(name(shares.number())), shares.bytes());
    }

    /// Notes that a tenth was released; refuses a second one, as each would open another tenth.
    public void noteTenth(Order order) throws IOException {
        Path file = folder.resolve(TENTH);
        if (!Files.exists(file)) {
            OwnFiles.write(file, order.bytes());
        } else if (!Arrays.equals(OwnFiles.read(file, Order.BYTES_MAX), order.bytes())) {
            throw new MalformedArchive(
                    "a tenth of this stock was released before, for another order");
        }
    }

    private static String name(int number) {
        return StockFolder.numbered(number);
    }
}
