package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Map;
import org.chancery.homeserver.kernel.ReadCache;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// How many keys a device has left on the server, which every `/sync` tells it (client-server API,
/// "Extensions to /sync" of end-to-end encryption).
public final class KeyCounts {
    /// Named even at zero: clients take a missing count for zero, but not all of them do.
    private static final String ALWAYS = "signed_curve25519";

    private static final int DEVICES_MAX = 200_000;

    private record Owner(UserId user, DeviceId device) {}

    private record Left(JsonObject oneTimeKeys, List<String> unusedFallbackKeyTypes) {}

    private final OneTimeKeyStore store;
    private final ReadCache<Owner, Left> cache = ReadCache.ofSize(DEVICES_MAX);

    public KeyCounts(OneTimeKeyStore store) {
        this.store = store;
    }

    /// One-time keys by algorithm; `signed_curve25519` is always there.
    public JsonObject oneTimeKeyCounts(UserId user, DeviceId device) {
        return left(user, device).oneTimeKeys();
    }

    /// The algorithms whose fallback key nobody has been given yet.
    public List<String> unusedFallbackKeyTypes(UserId user, DeviceId device) {
        return left(user, device).unusedFallbackKeyTypes();
    }

    private Left left(UserId user, DeviceId device) {
        return cache.get(
                new Owner(user, device),
                () ->
                        new Left(
                                json(store.counts(user, device)),
                                List.copyOf(store.unusedFallbackKeyTypes(user, device))));
    }

    void forget(UserId user, DeviceId device) {
        cache.forget(new Owner(user, device));
    }

    static JsonObject json(Map<String, Long> counts) {
        JsonObject.Builder json = JsonObject.builder().put(ALWAYS, 0);
        counts.forEach(json::put);
        return json.build();
    }
}
