package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.seal.SigningKey;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;

/// A log in memory with one witness.
public final class TestLog {
    private static final String ORIGIN = "log.example.org/records";
    private static final String WITNESS = "witness.example.net";
    private static final Instant WITNESSED = Instant.ofEpochSecond(1_795_000_000);

    private final SigningKey key = SigningKey.drawn(new SecureRandom());
    private final SigningKey witness = SigningKey.drawn(new SecureRandom());
    private final Store store = new Store();
    private final Sequencer log = Sequencer.open(store, ORIGIN, signer(key), new JdkEd25519());
    private SignedCheckpoint head;
    private long size;

    public TestLog() {
        head = cosigned(log.append(List.of("another entry".getBytes(UTF_8))));
        size = 1;
    }

    /// The place of the entry.
    public long append(byte[] entry) {
        head = cosigned(log.append(List.of(entry)));
        return size++;
    }

    /// The proof of an entry, in the newest checkpoint.
    public String prove(long index) {
        return new String(new PublishedLog(store).prove(head, index).bytes(), UTF_8);
    }

    /// The entry's proof, after it was appended.
    public String log(byte[] entry) {
        return prove(append(entry));
    }

    public String policyText() {
        VerifierKey pinned = new VerifierKey(ORIGIN, VerifierKey.Use.NOTE, key.publicKey());
        VerifierKey seen =
                new VerifierKey(WITNESS, VerifierKey.Use.COSIGNATURE, witness.publicKey());
        return "log " + pinned + "\nwitness w " + seen + "\nquorum w\n";
    }

    public LogPolicy policy() {
        return LogPolicy.parse(policyText().getBytes(UTF_8));
    }

    private SignedCheckpoint cosigned(SignedCheckpoint signed) {
        return signed.with(
                Signatures.cosign(signed.note().text(), WITNESS, WITNESSED, signer(witness)));
    }

    private static Ed25519Signer signer(SigningKey key) {
        return new Ed25519Signer() {
            @Override
            public byte[] publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return key.sign(message);
            }
        };
    }

    private static final class Store implements TileStore {
        private final Map<String, byte[]> tiles = new HashMap<>();

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(tiles.get(path));
        }

        @Override
        public void write(Map<String, byte[]> written) {
            tiles.putAll(written);
        }

        @Override
        public void discard(String path) {
            tiles.remove(path);
        }

        @Override
        public void discardPartial(LogFile whole) {
            tiles.keySet().removeIf(path -> path.startsWith(whole.path() + ".p/"));
        }

        @Override
        public boolean isEmpty() {
            return tiles.isEmpty();
        }
    }
}
