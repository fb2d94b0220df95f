package org.chancery.archive.stock;

import java.time.LocalDate;

/// A quarter of a year, written `2026Q4`: the period for which one archive device takes room keys.
public record Quarter(int year, int number) implements Slot, Comparable<Quarter> {
    private static final int YEAR_MIN = 2000;
    private static final int YEAR_MAX = 9998;
    private static final int QUARTERS = 4;
    private static final int MONTHS = 3;

    public Quarter {
        if (year < YEAR_MIN || year > YEAR_MAX || number < 1 || number > QUARTERS) {
            throw new MalformedArchive("a quarter is written like 2026Q4");
        }
    }

    public static Quarter parse(String text) {
        if (!text.matches("[2-9][0-9]{3}Q[1-4]")) {
            throw new MalformedArchive("a quarter is written like 2026Q4");
        }
        return new Quarter(Integer.parseInt(text, 0, 4, 10), text.charAt(5) - '0');
    }

    /// The quarter in which that day lies.
    public static Quarter of(LocalDate day) {
        return new Quarter(day.getYear(), (day.getMonthValue() - 1) / MONTHS + 1);
    }

    public Quarter next() {
        return number == QUARTERS ? new Quarter(year + 1, 1) : new Quarter(year, number + 1);
    }

    @Override
    public int compareTo(Quarter other) {
        return Integer.compare(year * QUARTERS + number, other.year * QUARTERS + other.number);
    }

    @Override
    public String toString() {
        return year + "Q" + number;
    }
}
