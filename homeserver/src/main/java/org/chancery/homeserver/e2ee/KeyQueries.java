package org.chancery.homeserver.e2ee;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Answers whose devices and keys there are (client-server API, "POST /keys/query").
///
/// So that nobody learns who verified whom, a key is shown with the signatures of its owner and of
/// the asker only.
public final class KeyQueries {
    /// Users that one query may name.
    static final int USERS_MAX = 10_000;

    private final ServerName own;
    private final KeyStore keys;
    private final CrossSigningStore crossSigning;
    private final DeviceDirectory devices;

    public KeyQueries(
            ServerName own,
            KeyStore keys,
            CrossSigningStore crossSigning,
            DeviceDirectory devices) {
        this.own = own;
        this.keys = keys;
        this.crossSigning = crossSigning;
        this.devices = devices;
    }

    /// Reads `device_keys` of a query: the devices asked for by user; none stands for all.
    public static Map<UserId, Set<DeviceId>> parse(JsonObject body) {
        JsonObject asked = Shape.object(body, "device_keys");
        Shape.atMost(asked.size(), USERS_MAX, "users");
        Map<UserId, Set<DeviceId>> parsed = new LinkedHashMap<>();
        for (JsonObject.Member user : asked.entries()) {
            Set<DeviceId> wanted = new HashSet<>();
            for (String device : Shape.strings(asked, user.name()).strings()) {
                wanted.add(DeviceId.parse(device));
            }
            parsed.put(UserId.parse(user.name()), wanted);
        }
        return parsed;
    }

    /// The answer to a query of `asker`.
    public JsonObject query(UserId asker, Map<UserId, Set<DeviceId>> asked) {
        List<UserId> local =
                asked.keySet().stream().filter(user -> user.server().equals(own)).toList();
        var signatures = new VisibleSignatures(asker, crossSigning.signatures(local, asker));
        Map<UserId, Map<CrossSigningUsage, JsonObject>> crossSigned = crossSigning.keys(local);
        JsonObject.Builder answer =
                JsonObject.builder()
                        .put("device_keys", deviceKeys(local, asked, signatures))
                        .put("failures", Unreachable.among(asked.keySet(), own));
        for (CrossSigningUsage usage : CrossSigningUsage.values()) {
            JsonObject.Builder byUser = JsonObject.builder();
            crossSigned.forEach(
                    (user, keysOfUser) -> {
                        JsonObject key = keysOfUser.get(usage);
                        if (key != null && isShown(usage, user, asker)) {
                            String id = CrossSigningKey.of(key, usage).text();
                            byUser.put(user.toString(), signatures.shown(key, user, id));
                        }
                    });
            answer.put(usage.members(), byUser.build());
        }
        return answer.build();
    }

    private static boolean isShown(CrossSigningUsage usage, UserId owner, UserId asker) {
        return usage != CrossSigningUsage.USER_SIGNING || owner.equals(asker);
    }

    private JsonObject deviceKeys(
            List<UserId> users, Map<UserId, Set<DeviceId>> asked, VisibleSignatures signatures) {
        Map<UserId, Map<DeviceId, JsonObject>> stored = keys.deviceKeys(users);
        JsonObject.Builder byUser = JsonObject.builder();
        for (UserId user : users) {
            Map<DeviceId, JsonObject> ofUser = stored.getOrDefault(user, Map.of());
            Set<DeviceId> wanted = asked.getOrDefault(user, Set.of());
            Map<DeviceId, String> names = ofUser.isEmpty() ? Map.of() : devices.displayNames(user);
            JsonObject.Builder byDevice = JsonObject.builder();
            ofUser.forEach(
                    (device, json) -> {
                        if (wanted.isEmpty() || wanted.contains(device)) {
                            JsonObject shown = signatures.shown(json, user, device.value());
                            byDevice.put(device.value(), named(shown, names.get(device)));
                        }
                    });
            byUser.put(user.toString(), byDevice.build());
        }
        return byUser.build();
    }

    private static JsonObject named(JsonObject keys, @Nullable String name) {
        return name == null
                ? keys
                : keys.with("unsigned", JsonObject.of("device_display_name", name));
    }
}
