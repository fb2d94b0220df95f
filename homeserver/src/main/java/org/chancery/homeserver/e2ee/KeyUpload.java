package org.chancery.homeserver.e2ee;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What a device publishes of itself with `POST /keys/upload`.
///
/// @param deviceKeys its identity keys
/// @param oneTimeKeys keys that are each given out once
/// @param fallbackKeys a key for each algorithm, given out when no one-time key is left
public record KeyUpload(
        Optional<DeviceKeys> deviceKeys,
        List<OneTimeKey> oneTimeKeys,
        List<OneTimeKey> fallbackKeys) {
    /// One-time keys that a device may have waiting; clients keep some fifty.
    static final int ONE_TIME_KEYS_MAX = 1_000;

    private static final int FALLBACK_KEYS_MAX = 16;

    public KeyUpload {
        oneTimeKeys = List.copyOf(oneTimeKeys);
        fallbackKeys = List.copyOf(fallbackKeys);
    }

    /// Reads the body of a request.
    public static KeyUpload parse(JsonObject body, UserId user, DeviceId device) {
        Optional<DeviceKeys> deviceKeys =
                Shape.optionalObject(body, "device_keys")
                        .map(keys -> DeviceKeys.parse(keys, user, device));
        List<OneTimeKey> oneTime = keys(body, "one_time_keys", ONE_TIME_KEYS_MAX);
        List<OneTimeKey> fallback = keys(body, "fallback_keys", FALLBACK_KEYS_MAX);
        Set<String> algorithms = new HashSet<>();
        for (OneTimeKey key : fallback) {
            if (!algorithms.add(key.id().algorithm())) {
                throw new MatrixError.InvalidParam("two fallback keys of one algorithm")
                        .asException();
            }
        }
        return new KeyUpload(deviceKeys, oneTime, fallback);
    }

    private static List<OneTimeKey> keys(JsonObject body, String name, int max) {
        return OneTimeKey.parseAll(
                Shape.optionalObject(body, name).orElse(JsonObject.EMPTY), max, name);
    }
}
