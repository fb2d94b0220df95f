package org.chancery.homeserver.e2ee;

import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;

/// The public identity keys of one device, as the device signed them (client-server API, "Device
/// keys"). Kept as they came but for `unsigned`, which belongs to servers.
public record DeviceKeys(UserId user, DeviceId device, JsonObject json) {
    static final int BYTES_MAX = 65_536;
    private static final int KEYS_MAX = 64;

    /// Reads what a device says of itself.
    ///
    /// @param user the user who must be named in it
    /// @param device the device that must be named in it
    public static DeviceKeys parse(JsonObject uploaded, UserId user, DeviceId device) {
        JsonObject json = uploaded.without("unsigned");
        if (!Shape.string(json, "user_id").equals(user.toString())
                || !Shape.string(json, "device_id").equals(device.value())) {
            throw new MatrixError.InvalidParam("device_keys are of another device").asException();
        }
        JsonArray algorithms = Shape.strings(json, "algorithms");
        Shape.atMost(algorithms.size(), KEYS_MAX, "algorithms");
        JsonObject keys = Shape.object(json, "keys");
        Shape.atMost(keys.size(), KEYS_MAX, "device keys");
        for (JsonObject.Member key : keys.entries()) {
            if (!Shape.keyId(key.name()).version().equals(device.value())) {
                throw new MatrixError.InvalidParam("a device key is named algorithm:device")
                        .asException();
            }
            Shape.asString(key.value(), "a device key");
        }
        Shape.signatures(Shape.object(json, "signatures"));
        if (json.bytes().length > BYTES_MAX) {
            throw new MatrixError.TooLarge("device_keys are too large").asException();
        }
        return new DeviceKeys(user, device, json);
    }

    /// The public key of that name among a device's keys, in base64; empty where there is none.
    static String publicKey(JsonObject json, String keyId) {
        return json.object("keys").map(keys -> keys.get(keyId)).orElse(null)
                        instanceof JsonString(var text)
                ? text
                : "";
    }
}
