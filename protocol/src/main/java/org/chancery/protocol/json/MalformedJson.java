package org.chancery.protocol.json;

/// Bytes that are not JSON, or JSON that Matrix refuses. The message says where and why, never
/// what stood there.
public final class MalformedJson extends RuntimeException {
    /// How bad it is; the two kinds have different error codes.
    public enum Kind {
        /// Not JSON in UTF-8 at all.
        NOT_JSON,
        /// JSON, but with a name twice, a lone surrogate, too deep, or of the wrong shape.
        BAD
    }

    private final Kind kind;

    public MalformedJson(Kind kind, String message) {
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static MalformedJson bad(String message) {
        return new MalformedJson(Kind.BAD, message);
    }

    static MalformedJson notJson(String message) {
        return new MalformedJson(Kind.NOT_JSON, message);
    }
}
