package org.chancery.custody.seal;

/// A seal that does not open: the wrong key, the wrong place, or changed bytes; which of them,
/// nobody
/// can tell.
public final class SealFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    public SealFault(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
