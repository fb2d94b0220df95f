package org.chancery.tlog.note;

import java.util.ArrayList;
import java.util.List;
import org.chancery.tlog.merkle.Hash;

/// What a log states of itself: that under this origin it has so many leaves with this root (C2SP
/// tlog-checkpoint). Further lines are kept, as they are signed, and mean nothing.
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {
    private static final int LINES_MAX = 64;

    public Checkpoint {
        extensions = List.copyOf(extensions);
        boolean lines = isLine(origin) && extensions.stream().allMatch(Checkpoint::isLine);
        if (!lines || size < 0 || extensions.size() > LINES_MAX - 3) {
            throw new MalformedNote("not a checkpoint");
        }
    }

    public Checkpoint(String origin, long size, Hash root) {
        this(origin, size, root, List.of());
    }

    /// Reads the text of a note; throws [MalformedNote].
    public static Checkpoint parse(String text) {
        var lines = List.of(text.split("\n", LINES_MAX + 2));
        if (lines.size() < 4 || lines.size() > LINES_MAX + 1 || !lines.getLast().isEmpty()) {
            throw new MalformedNote("not a checkpoint");
        }
        return new Checkpoint(
                lines.get(0),
                NoteText.number(lines.get(1)),
                Hash.parse(lines.get(2)).orElseThrow(() -> new MalformedNote("not a root")),
                lines.subList(3, lines.size() - 1));
    }

    /// The text that is signed.
    public String text() {
        var lines = new ArrayList<>(List.of(origin, Long.toString(size), root.toString()));
        lines.addAll(extensions);
        return String.join("\n", lines) + "\n";
    }

    private static boolean isLine(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= ' ');
    }
}
