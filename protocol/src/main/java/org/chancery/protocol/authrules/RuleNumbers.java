package org.chancery.protocol.authrules;

import org.chancery.protocol.roomversion.RoomVersion;

/// Translates a rule's number in room version 12 to its number in an older version. Rules that
/// version 12 no longer has are named by words here.
final class RuleNumbers {
    /// Up to version 10: the create event names its creator.
    static final String CREATOR = "creator";

    /// Up to version 5: `m.room.aliases`, followed by a dot and the number within the rule.
    static final String ALIASES = "aliases";

    /// Versions 1 and 2: `m.room.redaction`, followed by a dot and the number within the rule.
    static final String REDACTION = "redaction";

    private RuleNumbers() {}

    static String in(RoomVersion version, String reference) {
        int dot = reference.indexOf('.');
        var head = dot < 0 ? reference : reference.substring(0, dot);
        var tail = dot < 0 ? "" : reference.substring(dot);
        int number = Integer.parseInt(version.id());
        return switch (head) {
            case CREATOR -> "1.4";
            case ALIASES -> "4" + tail;
            case REDACTION -> "11" + tail;
            default -> number >= 12 ? reference : older(number, Integer.parseInt(head), tail);
        };
    }

    private static String older(int version, int head, String tail) {
        boolean aliases = version <= 5;
        return switch (head) {
            case 1 -> "1" + tail;
            case 2 -> "2.4"; // A room without its create event.
            case 3 -> "2" + tail;
            case 4 -> "3";
            case 5 -> (aliases ? "5" : "4") + member(version, tail);
            case 10 -> (aliases ? "10" : "9") + powerLevels(version, tail);
            default -> (aliases ? head : head - 1) + tail;
        };
    }

    /// Version 8 put the co-signature of restricted joins in as 2, version 7 knocking as 7.
    private static String member(int version, String tail) {
        int second = second(tail);
        if (version >= 8 || second == 1) {
            return tail;
        }
        if (second == 8) {
            return version == 7 ? ".7" : ".6";
        }
        var rest = rest(tail);
        if (second == 3 && second(rest) > 5) {
            rest = "." + (second(rest) - 1) + rest(rest);
        }
        return "." + (second - 1) + rest;
    }

    /// Version 10 put the checks of properties in as 1 and 2, version 12 that of creators as 4.
    private static String powerLevels(int version, String tail) {
        int second = second(tail);
        if (version >= 10) {
            return "." + (second > 4 ? second - 1 : second) + rest(tail);
        }
        return "." + (second <= 3 ? 1 : second - 3) + rest(tail);
    }

    private static int second(String tail) {
        int end = tail.indexOf('.', 1);
        return Integer.parseInt(tail.substring(1, end < 0 ? tail.length() : end));
    }

    private static String rest(String tail) {
        int end = tail.indexOf('.', 1);
        return end < 0 ? "" : tail.substring(end);
    }
}
