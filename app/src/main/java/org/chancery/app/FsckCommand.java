package org.chancery.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.governance.log.LeafStore;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.records.ArchiveFsck;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.Fsck;
import org.chancery.tlog.verify.Policy;

/// `chancery fsck`: reads the whole transparency log and the whole archive of a server that stands
/// still, and says where a bit is not what it was. It repairs nothing.
final class FsckCommand {
    static final String HELP =
            """
            chancery fsck [--config FILE] [--KEY VALUE ...]
              The options are those of serve; the server must be stopped.
            Exit codes: 0 sound, 1 not sound, 2 not possible.
            """;

    /// More leaves than the log takes in an hour; what waits longer is in trouble anyway.
    private static final int WAITING_MAX = 100_000;

    private final PrintStream out;
    private long faults;

    private FsckCommand(PrintStream out) {
        this.out = out;
    }

    /// Does it.
    ///
    /// @return the exit code of the process
    static int run(List<String> args, Map<String, String> environment, Terminal terminal) {
        if (args.contains("--help") || args.equals(List.of("help"))) {
            terminal.out().print(HELP);
            return 0;
        }
        try {
            Config config = Config.read(args, environment);
            return new FsckCommand(terminal.out()).check(config);
        } catch (ConfigFault | IOException e) {
            terminal.err().println("Nothing was checked: " + e.getMessage());
            return 2;
        }
    }

    private int check(Config config) throws IOException {
        try (DataFolder folder = DataFolder.open(config.data(), config.serverName())) {
            Stores stores = Stores.open(config, folder);
            try {
                checkLog(config, folder);
                checkArchive(stores);
            } finally {
                stores.database().close();
            }
        }
        out.println(faults == 0 ? "SOUND" : "NOT SOUND: " + faults + " faults");
        return faults == 0 ? 0 : 1;
    }

    private void fault(String part, Object what) {
        faults++;
        out.println(part + ": " + what);
    }

    private void checkLog(Config config, DataFolder folder) throws IOException {
        Path log = config.log().folder().orElseGet(folder::log);
        if (!Files.isDirectory(log)) {
            out.println("log: there is none");
            return;
        }
        LogKey key = new LogKey(config.serverName(), folder.logKey(new SecureRandom()));
        try (DiskTiles tiles = new DiskTiles(log)) {
            VerifierKey own = key.verifierKey();
            Policy policy =
                    config.log()
                            .witnesses()
                            .map(wanted -> wanted.of(own))
                            .orElseGet(() -> Policy.of(own, 0, Map.of()));
            Fsck.Report report = Fsck.check(tiles, own, policy, BouncyEd25519.verifier()::verify);
            report.faults().forEach(fault -> fault("log", fault));
            out.println("log: " + report.entries() + " leaves read");
        }
    }

    private void checkArchive(Stores stores) {
        LeafStore leaves = new JdbcLeafStore(stores.database());
        Set<Hash> waiting = new HashSet<>();
        leaves.waiting(WAITING_MAX).forEach(leaf -> waiting.add(Hash.leaf(leaf)));
        ArchiveFsck.Report report =
                new ArchiveFsck(
                                Records.Tables.of(stores.database()).archives(),
                                stores.blobs(),
                                leaf -> isKnown(leaves, waiting, Hash.leaf(leaf)))
                        .run();
        report.faults().forEach(fault -> fault("archive", fault));
        out.println(
                "archive: "
                        + report.pieces()
                        + " pieces of "
                        + report.rooms()
                        + " rooms read, "
                        + report.leaves()
                        + " leaves and "
                        + report.files()
                        + " files");
    }

    private static boolean isKnown(LeafStore leaves, Set<Hash> waiting, Hash leaf) {
        return leaves.index(leaf).isPresent() || waiting.contains(leaf);
    }
}
