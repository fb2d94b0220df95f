package org.chancery.governance.records;

/// What a piece of the archive is.
public enum Kind {
    /// A signed event of the room, as canonical JSON.
    EVENT(0),
    /// What came for a device of the archive, see [Letter].
    INBOX(1),
    /// A change of the keys of a member.
    KEYS(2);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    /// Its number in tables and under seals.
    public int number() {
        return number;
    }

    /// The kind of that number.
    public static Kind of(int number) {
        for (Kind kind : values()) {
            if (kind.number == number) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no kind of a piece: " + number);
    }
}
