package org.chancery.protocol.authrules;

import java.util.OptionalLong;
import org.chancery.protocol.json.JsonDecimal;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;

/// One power level as an event spells it. Since room version 10 it is an integer; before, it may be
/// a string or a fraction as well (Rooms, version 1, "Deprecated event content schemas").
final class Level {
    /// The creators of a room of version 12: above any level that can be written.
    static final long INFINITE = Long.MAX_VALUE;

    /// Greater numbers, which old rooms may hold, count as this one.
    static final long GREATEST = Long.MAX_VALUE - 1;

    private static final int DIGITS_MAX = 18; // So many nines still fit a long.

    private Level() {}

    /// Empty if the value is no power level in that version.
    static OptionalLong parse(RoomVersion version, JsonValue value) {
        if (value instanceof JsonInteger(long number)) {
            return OptionalLong.of(number);
        }
        if (version.integerPowerLevels()) {
            return OptionalLong.empty();
        }
        return switch (value) {
            case JsonString(String text) -> ofText(text.strip());
            case JsonDecimal decimal -> ofFraction(decimal.doubleValue());
            default -> OptionalLong.empty();
        };
    }

    private static OptionalLong ofText(String text) {
        boolean signed = text.startsWith("-") || text.startsWith("+");
        int start = signed ? 1 : 0;
        if (start == text.length()) {
            return OptionalLong.empty();
        }
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return OptionalLong.empty();
            }
        }
        int first = start;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        long size =
                text.length() - first > DIGITS_MAX
                        ? GREATEST
                        : Long.parseLong(text, first, text.length(), 10);
        return OptionalLong.of(text.startsWith("-") ? -size : size);
    }

    /// Cut at the point, as the spec bids; a double beyond a long saturates.
    private static OptionalLong ofFraction(double number) {
        if (!Double.isFinite(number)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.clamp((long) number, -GREATEST, GREATEST));
    }
}
