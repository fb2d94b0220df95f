package org.chancery.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.tlog.note.MalformedNote;

/// What is wrong with an export, as it is found, up to a bound.
final class Findings {
    private static final int MAX = 100;

    private final List<Finding> all = new ArrayList<>();

    /// Something that is wrong, and where: a file, and a place in it.
    record Finding(String place, String what) {
        @Override
        public String toString() {
            return place + ": " + what;
        }
    }

    /// How a file is read, or refused with [MalformedLeaf], [MalformedNote] or
    /// [MalformedArchive].
    interface Parser<T> {
        T parse(byte[] bytes);
    }

    void add(String place, String what) {
        if (all.size() < MAX) {
            all.add(new Finding(place, what));
        }
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /// The file, read; empty where that is not possible, which is then a finding.
    <T> Optional<T> read(Export export, String path, Parser<T> parser) {
        var bytes = export.read(path);
        if (bytes.isEmpty()) {
            add(path, "missing");
            return Optional.empty();
        }
        return read(path, bytes.get(), parser);
    }

    <T> Optional<T> read(String place, byte[] bytes, Parser<T> parser) {
        try {
            return Optional.of(parser.parse(bytes));
        } catch (MalformedLeaf | MalformedNote | MalformedArchive e) {
            add(place, "cannot be read: " + e.getMessage());
            return Optional.empty();
        }
    }
}
