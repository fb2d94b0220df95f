package org.chancery.tlog.note;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One signature beneath a note: by which key, and its bytes, of which only that key's algorithm
/// knows the meaning (C2SP signed-note, "Signatures").
public final class SignatureLine {
    private static final String DASH = "\u2014 ";
    private static final int ID_BYTES = 4;

    private final String keyName;
    private final int keyId;
    private final byte[] signature;

    /// A signature by the key of that name and ID; throws [MalformedNote].
    public SignatureLine(String keyName, int keyId, byte[] signature) {
        if (signature.length == 0) {
            throw new MalformedNote("a signature of no bytes");
        }
        this.keyName = NoteText.keyName(keyName);
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    /// Reads a line without its newline; throws [MalformedNote].
    public static SignatureLine parse(String line) {
        int end = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || end < DASH.length()) {
            throw new MalformedNote("not a signature line");
        }
        var bytes = NoteText.base64(line.substring(end + 1));
        if (bytes.length <= ID_BYTES) {
            throw new MalformedNote("a signature without bytes");
        }
        return new SignatureLine(
                line.substring(DASH.length(), end),
                ByteBuffer.wrap(bytes).getInt(),
                Arrays.copyOfRange(bytes, ID_BYTES, bytes.length));
    }

    public String keyName() {
        return keyName;
    }

    public int keyId() {
        return keyId;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /// Whether it says to be by that key.
    public boolean isBy(VerifierKey key) {
        return keyId == key.id() && keyName.equals(key.name());
    }

    /// The line, without a newline.
    @Override
    public String toString() {
        var bytes = ByteBuffer.allocate(ID_BYTES + signature.length).putInt(keyId).put(signature);
        return DASH + keyName + " " + NoteText.base64(bytes.array());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignatureLine that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
