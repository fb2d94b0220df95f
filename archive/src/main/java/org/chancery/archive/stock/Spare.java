package org.chancery.archive.stock;

/// A device beside those of the quarters, written `spare-1`: to rotate to before an opening and
/// after an exposure.
public record Spare(int number) implements Slot {
    static final String PREFIX = "spare-";
    private static final int NUMBER_MAX = 99;

    public Spare {
        if (number < 1 || number > NUMBER_MAX) {
            throw new MalformedArchive("a spare is written like spare-1");
        }
    }

    public static Spare parse(String text) {
        if (!text.matches("spare-[1-9][0-9]?")) {
            throw new MalformedArchive("a spare is written like spare-1");
        }
        return new Spare(Integer.parseInt(text, PREFIX.length(), text.length(), 10));
    }

    @Override
    public String toString() {
        return PREFIX + number;
    }
}
