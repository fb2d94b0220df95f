package org.chancery.verifier;

import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Manifest;
import org.chancery.tlog.merkle.Hash;

/// That the files are those of the manifest, all of them and no other.
final class ManifestCheck {
    private final Export export;
    private final Findings findings;

    ManifestCheck(Export export, Findings findings) {
        this.export = export;
        this.findings = findings;
    }

    void check(Hash named) {
        var bytes = export.read(ExportLayout.MANIFEST).orElse(new byte[0]);
        if (!Hash.leaf(bytes).equals(named)) {
            findings.add(ExportLayout.MANIFEST, "not the list that was logged");
        }
        var manifest = findings.read(ExportLayout.MANIFEST, bytes, Manifest::parse);
        if (manifest.isPresent()) {
            check(manifest.get());
        }
    }

    private void check(Manifest manifest) {
        for (String path : export.paths()) {
            boolean known = manifest.files().containsKey(path);
            if (!known && !ExportLayout.OUTSIDE_MANIFEST.contains(path)) {
                findings.add(path, "not in the list of files");
            }
        }
        manifest.files()
                .forEach(
                        (path, file) -> {
                            var bytes = export.read(path);
                            if (bytes.isEmpty()) {
                                findings.add(path, "missing, or no plain file");
                            } else if (!Manifest.File.of(bytes.get()).equals(file)) {
                                findings.add(path, "not the bytes that were exported");
                            }
                        });
    }
}
