package org.chancery.protocol.error;

/// Carries a [MatrixError] up to the edge. Has no stack trace: it is an answer, not a fault.
public final class MatrixException extends RuntimeException {
    private final transient MatrixError error;

    public MatrixException(MatrixError error) {
        super(error.errcode() + ": " + error.message(), null, false, false);
        this.error = error;
    }

    public MatrixError error() {
        return error;
    }
}
