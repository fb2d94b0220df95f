package org.chancery.homeserver.e2ee;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.signing.KeyId;

/// The durable one-time and fallback keys.
public interface OneTimeKeyStore {
    /// Claimed keys that are remembered for each device.
    int CLAIMED_MAX = 1_000;

    /// A key that was uploaded under some name.
    ///
    /// @param claimed whether it was given out
    record Held(JsonValue key, boolean claimed) {}

    /// What is held under that name, for as long as it is remembered.
    Optional<Held> held(Tx tx, UserId user, DeviceId device, KeyId id);

    /// Adds keys behind all that came before, in place of claimed ones of the same name, and
    /// forgets
    /// the oldest claimed keys beyond [#CLAIMED_MAX].
    void insert(Tx tx, UserId user, DeviceId device, List<OneTimeKey> keys);

    /// Takes the oldest key of the algorithm that was not claimed; it never comes again.
    Optional<OneTimeKey> claim(Tx tx, UserId user, DeviceId device, String algorithm);

    /// Puts a fallback key in place of that of the same algorithm, not used yet. The same key once
    /// more changes nothing.
    void putFallback(Tx tx, UserId user, DeviceId device, OneTimeKey key);

    /// The fallback key of the algorithm, from now on marked as used.
    Optional<OneTimeKey> useFallback(Tx tx, UserId user, DeviceId device, String algorithm);

    void deleteAll(Tx tx, UserId user, DeviceId device);

    /// How many keys of each algorithm can be claimed, as the open transaction sees it.
    Map<String, Long> counts(Tx tx, UserId user, DeviceId device);

    /// How many keys of each algorithm can be claimed.
    Map<String, Long> counts(UserId user, DeviceId device);

    /// The algorithms whose fallback key was not used yet, in order.
    List<String> unusedFallbackKeyTypes(UserId user, DeviceId device);
}
