package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.opening.CaseOpening;
import org.chancery.custody.opening.Progress;
import org.chancery.custody.packages.Description;
import org.chancery.custody.packages.Packager;
import org.chancery.custody.redaction.Redactor;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.ledger.export.ExportLayout;

/// `open`, `seal`, `package` and `redact`: what the archivist does with a dossier and the shares of
/// a quorum.
final class OpenCommand {
    private static final int PROOF_BYTES_MAX = 1 << 16;

    private OpenCommand() {}

    /// Opens each room of a case into an export. Everything is written beside its place, and moved
    /// there when all is done.
    static void open(Words words, Tools tools) throws IOException {
        Path out = words.path("out");
        if (Files.exists(out)) {
            throw new CommandFault(CommandFault.REFUSED, out + " is there already.");
        }
        DossierReader dossier = DossierReader.open(new DossierOnDisk(words.path("dossier")));
        try (HolderKeys keys = tools.unlock(words.path("key"))) {
            CaseOrder order = CaseCommand.checked(dossier, keys.card(), words, tools);
            OwnFiles.makeWhole(out, draft -> openAll(dossier, order, keys, draft, words, tools));
        }
        tools.say("The export is in %s. Have the leaves in to-log logged, then: case seal.", out);
    }

    private static void openAll(
            DossierReader dossier,
            CaseOrder order,
            HolderKeys keys,
            Path draft,
            Words words,
            Tools tools)
            throws IOException {
        StockFolder stock = StockFolder.open(words.path("stock"));
        Sharing sharing = stock.latest().sharing();
        KeyDesk desk = new KeyDesk(keys, order, sharing, tools.random());
        Path toLog = draft.resolve("to-log");
        OwnFiles.makeFolder(toLog);
        for (int place = 0; place < order.entry().scope().size(); place++) {
            CaseScope scope = order.entry().scope().get(place);
            CaseCommand.checkStock(scope, stock);
            var digests = stock.shares(sharing.generation(), scope.number());
            List<SealedShares> releases = releases(words, scope.number());
            CaseOpening opening =
                    new CaseOpening(
                            dossier,
                            order,
                            CaseCommand.policy(words),
                            (identity, device) -> desk.key(identity, device, digests, releases),
                            tools.random(),
                            new Progress(text -> tools.say("%s", text)));
            CaseOpening.Read read =
                    opening.open(
                            place,
                            words.optional("search").orElse(""),
                            draft.resolve(String.format(Locale.ROOT, "%03d", place)),
                            toLog,
                            tools.now());
            tools.terminal()
                    .out()
                    .printf(
                            "%s: %d of %d read, %d exported%n",
                            scope.room(), read.read(), read.encrypted(), read.exported());
        }
    }

    private static List<SealedShares> releases(Words words, int number) throws IOException {
        List<SealedShares> releases = new ArrayList<>();
        for (Path folder : words.paths("release")) {
            releases.add(SharesFolder.open(folder).read(number));
        }
        return releases;
    }

    /// Adds the proofs that the leaves of an export are logged, after they were checked. The one
    /// that is added last says that the export is sealed; whoever was killed before seals again.
    static void seal(Words words, Tools tools) throws IOException {
        Path export = words.path("export");
        LogPolicy policy = CaseCommand.policy(words);
        byte[] proof = OwnFiles.read(words.path("proof"), PROOF_BYTES_MAX);
        byte[] piecesProof = OwnFiles.read(words.path("pieces-proof"), PROOF_BYTES_MAX);
        check(policy, export.resolve(ExportLayout.EXPORT), proof, "the export");
        check(policy, export.resolve(ExportLayout.PIECES), piecesProof, "the leaf of the pieces");
        if (Files.exists(export.resolve(ExportLayout.EXPORT_PROOF))) {
            throw new CommandFault(CommandFault.REFUSED, export + " is sealed already.");
        }
        OwnFiles.replace(export.resolve(ExportLayout.PIECES_PROOF), piecesProof);
        OwnFiles.write(export.resolve(ExportLayout.EXPORT_PROOF), proof);
        tools.say("The export in %s is whole. Anybody can check it with the verifier.", export);
    }

    /// Makes a package of a sealed export.
    static void pack(Words words, Tools tools) throws IOException {
        Description of =
                new Description(
                        words.text("id"),
                        words.text("source"),
                        words.text("title"),
                        words.text("creator"),
                        Description.Appraisal.parse(words.text("appraisal")),
                        words.text("restriction"),
                        tools.now());
        Path out = words.path("out");
        new Packager(words.path("export"), of).make(Packager.Kind.parse(words.text("kind")), out);
        tools.say("The package is in %s.", out);
    }

    /// Cuts out what may not be shown.
    static void redact(Words words, Tools tools) throws IOException {
        Path out = words.path("out");
        Redactor.redact(words.path("export"), words.path("redactions"), out);
        tools.say("What may be shown is in %s. Look at every page before it goes out.", out);
    }

    private static void check(LogPolicy policy, Path leaf, byte[] proof, String what)
            throws IOException {
        byte[] bytes = OwnFiles.read(leaf, LogEntry.BYTES_MAX);
        policy.check(bytes, new String(proof, UTF_8), what);
    }
}
