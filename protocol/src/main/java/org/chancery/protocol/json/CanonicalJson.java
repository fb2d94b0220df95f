package org.chancery.protocol.json;

/// Canonical JSON (Appendices, "Canonical JSON"). Every [JsonValue] writes itself canonically; what
/// is left to ask is whether its numbers are allowed.
public final class CanonicalJson {
    private CanonicalJson() {}

    /// Whether every number in the value is an integer of the allowed range, as events must be
    /// since room version 6.
    public static boolean isStrict(JsonValue value) {
        return switch (value) {
            case JsonObject object -> {
                for (var member : object.values) {
                    if (!isStrict(member)) {
                        yield false;
                    }
                }
                yield true;
            }
            case JsonArray array -> {
                for (var element : array.values()) {
                    if (!isStrict(element)) {
                        yield false;
                    }
                }
                yield true;
            }
            case JsonDecimal _ -> false;
            case JsonString _, JsonInteger _, JsonBoolean _, JsonNull _ -> true;
        };
    }
}
