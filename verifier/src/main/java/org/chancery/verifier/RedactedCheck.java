package org.chancery.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.ledger.export.Redacted;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.verify.Policy;

/// Checks a redacted file by itself: that the leaf over the pieces is logged, and that each message
/// is, piece by piece, shown or cut out, what that leaf commits to.
final class RedactedCheck {
    private static final String FILE = "redacted.json";
    private static final String LEAF = FILE + ", leaf";
    private static final String PROOF = FILE + ", proof";
    private static final List<String> UNKNOWN =
            List.of(
                    "What was cut out, and whether its ground is a good one.",
                    "Whether the messages are all that the case is about: the file shows some of"
                            + " those that were opened.",
                    "Whether the texts are what the encrypted events say: that rests on who opened"
                            + " them, and any k custodians can repeat it.",
                    "Whether the page and the pictures beside the file show the same.");

    private final Findings findings = new Findings();
    private final List<String> facts = new ArrayList<>();

    private RedactedCheck() {}

    static boolean isFor(Path file) {
        return Files.isRegularFile(file);
    }

    static Verifier.Answer verify(Path file, Policy policy) throws IOException {
        if (Files.size(file) > Redacted.BYTES_MAX) {
            throw new IOException("the file is too large");
        }
        var check = new RedactedCheck();
        check.run(Files.readAllBytes(file), policy);
        return new Verifier.Answer(check.findings.all(), List.copyOf(check.facts), UNKNOWN);
    }

    private void run(byte[] bytes, Policy policy) {
        var read = findings.read(FILE, bytes, Redacted::parse);
        if (read.isEmpty()) {
            return;
        }
        var redacted = read.get();
        byte[] leaf = redacted.leaf().bytes();
        var entry = findings.read(LEAF, leaf, RedactedCheck::pieces);
        var proof = new OneFile(PROOF, redacted.proof().getBytes(UTF_8));
        new LogCheck(proof, policy, findings).check(PROOF, LEAF, Hash.leaf(leaf));
        entry.ifPresent(of -> check(redacted, of));
    }

    private void check(Redacted redacted, PiecesEntry of) {
        var root = Hash.at(of.root().bytes(), 0);
        long removed = 0;
        for (Redacted.Message message : redacted.messages()) {
            if (!message.isOf(root, of.messages())) {
                findings.add(message.event().value(), "not what was logged at the opening");
            }
            removed += message.parts().stream().filter(Redacted.Removed.class::isInstance).count();
        }
        facts.add(redacted.messages().size() + " of " + of.messages() + " opened messages");
        facts.add(removed + " pieces are cut out");
    }

    private static PiecesEntry pieces(byte[] bytes) {
        if (LogEntry.parse(bytes) instanceof PiecesEntry entry) {
            return entry;
        }
        throw new MalformedArchive("no leaf of pieces");
    }

    /// One file as an export of its own.
    private static final class OneFile implements Export {
        private final String path;
        private final byte[] bytes;

        OneFile(String path, byte[] bytes) {
            this.path = path;
            this.bytes = bytes;
        }

        @Override
        public SortedSet<String> paths() {
            return new TreeSet<>(List.of(path));
        }

        @Override
        public Optional<byte[]> read(String wanted) {
            return wanted.equals(path) ? Optional.of(bytes.clone()) : Optional.empty();
        }
    }
}
