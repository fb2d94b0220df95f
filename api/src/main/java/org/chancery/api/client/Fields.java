package org.chancery.api.client;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Reads the members of a request's body. What must be there and is not is `M_MISSING_PARAM`, what
/// has another type `M_BAD_JSON`; a null that may be left out counts as left out.
public final class Fields {
    private Fields() {}

    /// A string that must be there.
    public static String text(JsonObject body, String name) {
        return textIfAny(body, name).orElseThrow(() -> missing(name));
    }

    /// A string that may be left out.
    public static Optional<String> textIfAny(JsonObject body, String name) {
        return switch (body.get(name)) {
            case null -> Optional.empty();
            case JsonNull _ -> Optional.empty();
            case JsonString(String text) -> Optional.of(text);
            default -> throw wrong(name, "a string");
        };
    }

    /// A whole number that may be left out.
    public static OptionalLong wholeIfAny(JsonObject body, String name) {
        return switch (body.get(name)) {
            case null -> OptionalLong.empty();
            case JsonNull _ -> OptionalLong.empty();
            case JsonInteger(long number) -> OptionalLong.of(number);
            default -> throw wrong(name, "a whole number");
        };
    }

    /// A boolean that may be left out.
    public static boolean flag(JsonObject body, String name, boolean otherwise) {
        return switch (body.get(name)) {
            case null -> otherwise;
            case JsonNull _ -> otherwise;
            case JsonBoolean flag -> flag.value();
            default -> throw wrong(name, "a boolean");
        };
    }

    /// A boolean that must be there.
    public static boolean flag(JsonObject body, String name) {
        if (!body.has(name)) {
            throw missing(name);
        }
        if (body.get(name) instanceof JsonBoolean flag) {
            return flag.value();
        }
        throw wrong(name, "a boolean");
    }

    /// An object that may be left out.
    public static Optional<JsonObject> objectIfAny(JsonObject body, String name) {
        return switch (body.get(name)) {
            case null -> Optional.empty();
            case JsonNull _ -> Optional.empty();
            case JsonObject object -> Optional.of(object);
            default -> throw wrong(name, "an object");
        };
    }

    /// The id of a device that the client chooses, or null.
    public static @Nullable DeviceId deviceIfAny(JsonObject body) {
        return textIfAny(body, "device_id").map(DeviceId::parse).orElse(null);
    }

    /// Refuses a body that lacks a member.
    public static RuntimeException missing(String name) {
        return new MatrixError.MissingParam("Missing " + name).asException();
    }

    /// Refuses a member of another type.
    public static RuntimeException wrong(String name, String type) {
        return new MatrixError.BadJson(name + " must be " + type).asException();
    }

    /// A member that must be there, of whatever type.
    public static JsonValue value(JsonObject body, String name) {
        JsonValue value = body.get(name);
        if (value == null) {
            throw missing(name);
        }
        return value;
    }
}
