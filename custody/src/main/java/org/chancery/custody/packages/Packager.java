package org.chancery.custody.packages;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.files.OwnFiles;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Opened;

/// Makes a package of a sealed export, beside its place, and moves it there when it is whole.
public final class Packager {
    private static final String README =
            """
            The folder with the export is checked offline with the verifier of Chancery, or with a
            program of your own: its format is in docs/export-format.md of Chancery. index.html is
            for people, and needs no network.
            """;
    private static final String SCHEMAS =
            """
            METS 1.12: https://www.loc.gov/standards/mets/mets.xsd
            MDTO-XML 1.0.1: https://www.nationaalarchief.nl/mdto/MDTO-XML1.0.1.xsd
            """;

    private final Path export;
    private final Description of;
    private final CaseEntry entry;
    private final Opened opened;

    /// The kinds of packages.
    public enum Kind {
        BAGIT,
        CSIP;

        public static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return kind;
                }
            }
            throw new MalformedArchive("a package is of the kind bagit or csip");
        }
    }

    /// Refuses an export whose proofs have not come back.
    public Packager(Path export, Description of) throws IOException {
        this.export = export;
        this.of = of;
        if (!Files.exists(export.resolve(ExportLayout.EXPORT_PROOF))) {
            throw new MalformedArchive("the export is not sealed: it has no proof of its leaf");
        }
        byte[] leaf = OwnFiles.read(export.resolve(ExportLayout.CASE), LogEntry.BYTES_MAX);
        if (!(LogEntry.parse(leaf) instanceof CaseEntry read)) {
            throw new MalformedArchive("the export has no case");
        }
        this.entry = read;
        this.opened =
                Opened.parse(OwnFiles.read(export.resolve(ExportLayout.OPENED), Opened.BYTES_MAX));
    }

    /// Makes the package at a place where nothing is yet.
    public void make(Kind kind, Path out) throws IOException {
        if (Files.exists(out)) {
            throw new MalformedArchive(out + " is there already");
        }
        OwnFiles.makeWhole(
                out,
                draft -> {
                    switch (kind) {
                        case BAGIT -> bag(draft);
                        case CSIP -> csip(draft);
                    }
                });
    }

    private void bag(Path draft) throws IOException {
        List<PackedFile> files = PackedFile.copy(export, draft, "data/export");
        List<PackedFile> payload = new ArrayList<>(files);
        payload.addAll(describe(draft, "data/metadata", files, "export"));
        Bag.finish(draft, of, payload);
    }

    private void csip(Path draft) throws IOException {
        String name = "representations/export";
        List<PackedFile> files = PackedFile.copy(export, draft, name + "/data");
        Csip.finish(
                draft,
                of,
                new Csip.Parts(
                        describe(draft, "metadata/descriptive", files, name),
                        List.of(write(draft, "documentation/README.txt", README)),
                        List.of(write(draft, "schemas/README.txt", SCHEMAS)),
                        files));
    }

    private static PackedFile write(Path root, String path, String text) throws IOException {
        return PackedFile.write(root, path, text.getBytes(UTF_8));
    }

    private List<PackedFile> describe(
            Path root, String folder, List<PackedFile> files, String representation)
            throws IOException {
        List<PackedFile> described = new ArrayList<>();
        described.add(
                PackedFile.write(
                        root,
                        folder + "/record.mdto.xml",
                        Mdto.record(of, entry, opened, representation)));
        for (int i = 0; i < files.size(); i++) {
            String path = String.format(Locale.ROOT, "%s/file-%06d.mdto.xml", folder, i);
            described.add(PackedFile.write(root, path, Mdto.file(of, files.get(i))));
        }
        return described;
    }
}
