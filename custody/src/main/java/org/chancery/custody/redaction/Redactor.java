package org.chancery.custody.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.files.OwnFiles;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.ledger.export.PieceSeed;
import org.chancery.ledger.export.Pieces;
import org.chancery.ledger.export.Redacted;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonString;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;

/// Cuts out of a sealed export what an archivist decided, into a folder of its own that may be
/// published: texts with their proof, a page for people, and pictures that are painted over. All
/// else of the export stays where it is.
public final class Redactor {
    private static final int FILE_BYTES_MAX = 1 << 30;
    private static final int PICTURE_BYTES_MAX = 1 << 28;

    private final Path export;
    private final Redactions redactions;
    private final Map<EventId, PieceSeed> seeds = new HashMap<>();
    private final List<Hash> leaves = new ArrayList<>();

    private Redactor(Path export, Redactions redactions) {
        this.export = export;
        this.redactions = redactions;
    }

    /// Writes the redacted folder, whole or not at all.
    ///
    /// @param decisions a file of `org.chancery.redactions.v1`
    public static void redact(Path export, Path decisions, Path out) throws IOException {
        if (Files.exists(out)) {
            throw new MalformedArchive(out + " is there already");
        }
        Redactions redactions = Redactions.parse(OwnFiles.read(decisions, Redactions.BYTES_MAX));
        OwnFiles.makeWhole(out, draft -> new Redactor(export, redactions).write(draft));
    }

    private void write(Path draft) throws IOException {
        for (String line : lines(ExportLayout.PIECE_SALTS)) {
            PieceSeed seed = PieceSeed.parse(line.getBytes(UTF_8));
            seeds.put(seed.event(), seed);
        }
        for (String line : lines(ExportLayout.PIECE_LEAVES)) {
            leaves.add(
                    Hash.parse(line).orElseThrow(() -> new MalformedArchive("no hash: " + line)));
        }
        List<List<Hash>> levels = levels(leaves);
        List<Redacted.Message> messages = new ArrayList<>();
        for (String line : lines(ExportLayout.MESSAGES)) {
            messages.add(message(OpenedMessage.parse(line.getBytes(UTF_8)), levels));
        }
        checkAllFound(messages);
        byte[] leaf = read(ExportLayout.PIECES, FILE_BYTES_MAX);
        byte[] proof = read(ExportLayout.PIECES_PROOF, FILE_BYTES_MAX);
        Redacted redacted =
                new Redacted(Json.parseObject(leaf), new String(proof, UTF_8), messages);
        OwnFiles.write(draft.resolve("redacted.json"), redacted.bytes());
        OwnFiles.write(draft.resolve("index.html"), RedactedPage.of(redacted));
        for (int i = 0; i < redactions.pictures().size(); i++) {
            Redactions.Picture picture = redactions.pictures().get(i);
            byte[] bytes = read(picture.path(), PICTURE_BYTES_MAX);
            String name = String.format(Locale.ROOT, "picture-%04d.png", i);
            OwnFiles.write(draft.resolve(name), PictureBoxes.burn(bytes, picture.boxes()));
        }
    }

    private void checkAllFound(List<Redacted.Message> messages) {
        for (Redactions.Range range : redactions.texts()) {
            if (messages.stream().noneMatch(one -> one.event().equals(range.event()))) {
                throw new MalformedArchive("no message of the export is " + range.event());
            }
        }
    }

    private Redacted.Message message(OpenedMessage message, List<List<Hash>> levels) {
        PieceSeed seed =
                Optional.ofNullable(seeds.get(message.event()))
                        .orElseThrow(() -> new MalformedArchive("a message without its pieces"));
        List<Pieces.Piece> pieces = Pieces.of(message.plain());
        List<Optional<Ground>> cut = cut(message.event(), pieces);
        refuseRepeated(message.event(), pieces, cut);
        List<Redacted.Part> parts = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            Hash salt = Pieces.salt(seed.seedBytes(), i);
            Pieces.Piece piece = pieces.get(i);
            parts.add(
                    cut.get(i)
                            .<Redacted.Part>map(
                                    ground -> new Redacted.Removed(piece.hash(salt), ground.code()))
                            .orElseGet(() -> new Redacted.Shown(piece, salt)));
        }
        List<Hash> path =
                Proofs.inclusion(
                        (level, index) -> levels.get(level).get((int) index),
                        seed.number(),
                        leaves.size());
        return new Redacted.Message(message.event(), seed.number(), path, parts);
    }

    /// The complete subtrees over the opened messages, level by level.
    private static List<List<Hash>> levels(List<Hash> leaves) {
        List<List<Hash>> levels = new ArrayList<>(List.of(leaves));
        while (levels.getLast().size() > 1) {
            List<Hash> below = levels.getLast();
            List<Hash> level = new ArrayList<>();
            for (int i = 0; i + 1 < below.size(); i += 2) {
                level.add(Hash.node(below.get(i), below.get(i + 1)));
            }
            levels.add(level);
        }
        return levels;
    }

    /// For each piece the ground on which it goes, where it does. Keys always go; and where
    /// anything of a message goes, its second form for display goes too, as it repeats the first.
    private List<Optional<Ground>> cut(EventId event, List<Pieces.Piece> pieces) {
        List<Redactions.Range> of =
                redactions.texts().stream().filter(one -> one.event().equals(event)).toList();
        List<Optional<Ground>> cut = new ArrayList<>();
        String path = "";
        int at = 0;
        for (Pieces.Piece piece : pieces) {
            at = piece.path().equals(path) ? at : 0;
            path = piece.path();
            int end = at + (piece.value() instanceof JsonString(String text) ? text.length() : 1);
            cut.add(ground(of, piece.path(), at, end));
            at = end;
        }
        return cut;
    }

    private static Optional<Ground> ground(
            List<Redactions.Range> of, String path, int from, int until) {
        if (path.contains("/file/key/") || path.contains("/thumbnail_file/key/")) {
            return Optional.of(Ground.KEY);
        }
        for (Redactions.Range range : of) {
            boolean touches =
                    range.path().equals(path) && from < range.until() && until > range.from();
            boolean all = range.path().isEmpty() && path.startsWith("/content");
            if (touches || all || path.endsWith("/formatted_body")) {
                return Optional.of(range.ground());
            }
        }
        return Optional.empty();
    }

    /// A word that was cut out must not stand elsewhere in the same message.
    private static void refuseRepeated(
            EventId event, List<Pieces.Piece> pieces, List<Optional<Ground>> cut) {
        for (int i = 0; i < pieces.size(); i++) {
            if (cut.get(i).isEmpty() || !(pieces.get(i).value() instanceof JsonString(var gone))) {
                continue;
            }
            for (int j = 0; j < pieces.size(); j++) {
                if (cut.get(j).isEmpty()
                        && gone.strip().length() > 3
                        && pieces.get(j).value() instanceof JsonString(String left)
                        && left.contains(gone.strip())) {
                    throw new MalformedArchive(
                            "what is cut out of "
                                    + event
                                    + " stands in it again, at "
                                    + pieces.get(j).path());
                }
            }
        }
    }

    private List<String> lines(String path) throws IOException {
        return new String(read(path, FILE_BYTES_MAX), UTF_8).lines().toList();
    }

    private byte[] read(String path, int bytesMax) throws IOException {
        return OwnFiles.read(export.resolve(path), bytesMax);
    }
}
