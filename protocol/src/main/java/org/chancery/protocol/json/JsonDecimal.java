package org.chancery.protocol.json;

import java.math.BigDecimal;

/// A number that canonical JSON does not allow: a fraction, an exponent, `-0`, or an integer beyond
/// 2^53-1. Keeps the token as it came, since events of room versions 1 to 5 may hold such numbers
/// and another spelling would change their hash.
public record JsonDecimal(String token) implements JsonValue {
    private static final BigDecimal MAX = BigDecimal.valueOf(JsonInteger.MAX);

    /// Longest exponent that can make an integer of the allowed range, sign and letter included.
    private static final int EXPONENT_LENGTH_MAX = 4;

    /// The number as a double, which may round.
    public double doubleValue() {
        return Double.parseDouble(token);
    }

    /// How canonical JSON spells the number. The spec's examples write `-0` as `0` and `1e10` as
    /// `10000000000`; all else keeps its token.
    String canonical() {
        if (token.equals("-0")) {
            return "0";
        }
        int exponent = Math.max(token.indexOf('e'), token.indexOf('E'));
        boolean small = exponent >= 0 && token.length() - exponent <= EXPONENT_LENGTH_MAX;
        if (token.indexOf('.') >= 0 || !small) {
            return token;
        }
        var number = new BigDecimal(token);
        boolean integral = number.stripTrailingZeros().scale() <= 0;
        return integral && number.abs().compareTo(MAX) <= 0
                ? number.toBigIntegerExact().toString()
                : token;
    }

    @Override
    public String toString() {
        return token;
    }
}
