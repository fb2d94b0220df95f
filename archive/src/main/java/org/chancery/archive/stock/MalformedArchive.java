package org.chancery.archive.stock;

/// Something of the archive that is not what it should be: bytes in no canonical form, a signature
/// that does not hold, a number out of range. The message says what and where, and tells no secret.
public final class MalformedArchive extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedArchive(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
