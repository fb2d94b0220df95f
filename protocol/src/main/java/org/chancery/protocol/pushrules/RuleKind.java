package org.chancery.protocol.pushrules;

import java.util.Optional;

/// The kinds of push rules, in the order in which they are checked.
public enum RuleKind {
    OVERRIDE("override"),
    CONTENT("content"),
    ROOM("room"),
    SENDER("sender"),
    UNDERRIDE("underride");

    private final String text;

    RuleKind(String text) {
        this.text = text;
    }

    public static Optional<RuleKind> of(String text) {
        for (var kind : values()) {
            if (kind.text.equals(text)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// Whether rules of this kind list conditions; the others have one by their nature.
    boolean hasConditions() {
        return this == OVERRIDE || this == UNDERRIDE;
    }

    /// The text on the wire.
    @Override
    public String toString() {
        return text;
    }
}
