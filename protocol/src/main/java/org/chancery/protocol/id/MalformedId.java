package org.chancery.protocol.id;

/// A text that is not the identifier it should be. Carries the kind of identifier, never the text:
/// what a client sent does not belong in a log.
public final class MalformedId extends RuntimeException {
    private final String kind;

    public MalformedId(String kind) {
        super("not a valid " + kind, null, false, false);
        this.kind = kind;
    }

    /// What the text should have been, for example `user ID`.
    public String kind() {
        return kind;
    }
}
