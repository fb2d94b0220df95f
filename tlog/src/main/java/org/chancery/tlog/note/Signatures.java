package org.chancery.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What is signed for each use of a key: the text itself (C2SP signed-note, "Ed25519 signatures"),
/// or a time and the text (C2SP tlog-cosignature, "Ed25519 signed message").
public final class Signatures {
    private static final int TIME_BYTES = 8;

    private Signatures() {}

    /// Signs the text as the author of a note.
    public static SignatureLine sign(String text, String name, Ed25519Signer signer) {
        var key = new VerifierKey(name, VerifierKey.Use.NOTE, signer.publicKey());
        return new SignatureLine(name, key.id(), signer.sign(text.getBytes(UTF_8)));
    }

    /// Signs the text of a checkpoint as a witness, at that time.
    public static SignatureLine cosign(
            String text, String name, Instant time, Ed25519Signer signer) {
        long seconds = time.getEpochSecond();
        if (seconds <= 0) {
            throw new IllegalArgumentException("a witness needs a clock that goes right");
        }
        var key = new VerifierKey(name, VerifierKey.Use.COSIGNATURE, signer.publicKey());
        var signature = signer.sign(cosigned(seconds, text));
        var timed = ByteBuffer.allocate(TIME_BYTES + signature.length).putLong(seconds);
        return new SignatureLine(name, key.id(), timed.put(signature).array());
    }

    /// When a cosignature says to have been made; empty where it is none.
    public static Optional<Instant> time(SignatureLine line) {
        var bytes = line.signature();
        long seconds = bytes.length < TIME_BYTES ? -1 : ByteBuffer.wrap(bytes).getLong();
        boolean fits = seconds >= 0 && seconds <= Instant.MAX.getEpochSecond();
        return fits ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
    }

    static boolean holds(
            String text, SignatureLine line, VerifierKey key, Ed25519Verifier verifier) {
        var signature = line.signature();
        return switch (key.use()) {
            case NOTE -> verifier.verify(key.publicKey(), text.getBytes(UTF_8), signature);
            case COSIGNATURE -> {
                var time = time(line);
                var rest =
                        Arrays.copyOfRange(
                                signature,
                                Math.min(TIME_BYTES, signature.length),
                                signature.length);
                yield time.isPresent()
                        && verifier.verify(
                                key.publicKey(), cosigned(time.get().getEpochSecond(), text), rest);
            }
        };
    }

    private static byte[] cosigned(long seconds, String text) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(UTF_8);
    }
}
