package org.chancery.ledger.leaf;

/// Bytes that are no leaf, or no other document of the ledger, of the form that was expected.
public final class MalformedLeaf extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedLeaf(String message) {
        super(message, null, false, false);
    }
}
