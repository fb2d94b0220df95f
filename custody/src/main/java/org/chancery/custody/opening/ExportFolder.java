package org.chancery.custody.opening;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.custody.files.OwnFiles;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Manifest;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.protocol.id.RoomId;
import org.chancery.tlog.merkle.Hash;

/// The export of one room as it is written: each file goes to the disk and into the list that binds
/// them all.
final class ExportFolder {
    private final Path folder;
    private final SortedMap<String, Manifest.File> files = new TreeMap<>();

    ExportFolder(Path folder) throws IOException {
        this.folder = folder;
        OwnFiles.makeFolder(folder);
    }

    void write(String path, byte[] bytes) {
        try {
            writeBeside(path, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.put(path, Manifest.File.of(bytes));
    }

    private void writeBeside(String path, byte[] bytes) throws IOException {
        Path file = folder.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            OwnFiles.makeFolders(parent);
        }
        OwnFiles.write(file, bytes);
    }

    /// Writes the list of files and the leaf that is to be logged of it.
    ExportLeaf seal(RoomId room, Hash caseLeaf, long madeAt) throws IOException {
        byte[] manifest = new Manifest(files).bytes();
        writeBeside(ExportLayout.MANIFEST, manifest);
        ExportLeaf leaf = new ExportLeaf(room, caseLeaf, Hash.leaf(manifest), madeAt);
        writeBeside(ExportLayout.EXPORT, leaf.bytes());
        return leaf;
    }
}
