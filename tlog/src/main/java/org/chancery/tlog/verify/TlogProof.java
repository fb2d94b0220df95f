package org.chancery.tlog.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.NoteText;
import org.chancery.tlog.note.SignedCheckpoint;
import org.jspecify.annotations.Nullable;

/// That an entry is in a log, to be checked without asking anybody (C2SP tlog-proof): where it is,
/// the hashes up to the root, and the checkpoint that was signed and witnessed. The extra bytes are
/// signed by nobody.
public final class TlogProof {
    /// Most bytes of a proof.
    public static final int BYTES_MAX = 512 * 1024;

    private static final String HEAD = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    private final byte @Nullable [] extra;
    private final long index;
    private final List<Hash> path;
    private final SignedCheckpoint checkpoint;

    private TlogProof(
            byte @Nullable [] extra, long index, List<Hash> path, SignedCheckpoint checkpoint) {
        this.extra = extra;
        this.index = index;
        this.path = List.copyOf(path);
        this.checkpoint = checkpoint;
        if (index < 0 || path.size() > Proofs.HASHES_MAX) {
            throw new MalformedNote("not a proof");
        }
    }

    public TlogProof(long index, List<Hash> path, SignedCheckpoint checkpoint) {
        this(null, index, path, checkpoint);
    }

    /// Throws [MalformedNote].
    public static TlogProof parse(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            throw new MalformedNote("too long a proof");
        }
        String text = NoteText.decode(bytes);
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new MalformedNote("a proof without a checkpoint");
        }
        var lines = new ArrayList<>(Arrays.asList(text.substring(0, blank).split("\n", -1)));
        if (!lines.removeFirst().equals(HEAD)) {
            throw new MalformedNote("not a proof of version 1");
        }
        byte[] extra = null;
        if (!lines.isEmpty() && lines.getFirst().startsWith(EXTRA)) {
            extra = NoteText.base64(lines.removeFirst().substring(EXTRA.length()));
        }
        if (lines.isEmpty() || !lines.getFirst().startsWith(INDEX)) {
            throw new MalformedNote("a proof without an index");
        }
        long index = NoteText.number(lines.removeFirst().substring(INDEX.length()));
        var note = text.substring(blank + 2).getBytes(UTF_8);
        return new TlogProof(extra, index, hashes(lines), SignedCheckpoint.parse(note));
    }

    /// Reads hashes, one a line, as proofs and requests to witnesses have them.
    public static List<Hash> hashes(List<String> lines) {
        if (lines.size() > Proofs.HASHES_MAX) {
            throw new MalformedNote("too many hashes");
        }
        var hashes = new ArrayList<Hash>();
        for (String line : lines) {
            hashes.add(Hash.parse(line).orElseThrow(() -> new MalformedNote("not a hash")));
        }
        return hashes;
    }

    /// The proof with bytes that its reader may need and must not trust.
    public TlogProof withExtra(byte[] bytes) {
        return new TlogProof(bytes.clone(), index, path, checkpoint);
    }

    public Optional<byte[]> extra() {
        return Optional.ofNullable(extra).map(byte[]::clone);
    }

    public long index() {
        return index;
    }

    public List<Hash> path() {
        return path;
    }

    public SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    /// The proof as it is stored, in files named `.tlog-proof`.
    public byte[] bytes() {
        var text = new StringBuilder(HEAD).append('\n');
        if (extra != null) {
            text.append(EXTRA).append(NoteText.base64(extra)).append('\n');
        }
        text.append(INDEX).append(index).append('\n');
        path.forEach(hash -> text.append(hash).append('\n'));
        text.append('\n').append(new String(checkpoint.note().bytes(), UTF_8));
        return text.toString().getBytes(UTF_8);
    }
}
