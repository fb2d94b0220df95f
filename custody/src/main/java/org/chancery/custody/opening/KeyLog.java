package org.chancery.custody.opening;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.custody.reading.RoomKey;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The changes of members' keys that the log has, and what they say of a device.
final class KeyLog {
    private final Map<UserId, List<KeyChange>> changes = new HashMap<>();

    void add(KeyChange change) {
        changes.computeIfAbsent(change.user(), _ -> new ArrayList<>()).add(change);
    }

    /// What the log says of the device by which a room key came, at the time of a message.
    OpenedMessage.Identity of(RoomKey key, long at) {
        boolean known = false;
        Optional<String> masterThen = Optional.empty();
        Optional<String> masterNow = Optional.empty();
        for (KeyChange change : changes.getOrDefault(key.sender(), List.of())) {
            known |= change.kind() == KeyChange.Kind.DEVICE && isOf(change.keys(), key);
            if (change.kind() == KeyChange.Kind.CROSS_SIGNING) {
                masterNow = change.keys().object("master_key").map(JsonObject::toString);
                if (change.at().toEpochMilli() <= at || masterThen.isEmpty()) {
                    masterThen = masterNow;
                }
            }
        }
        if (!known) {
            return OpenedMessage.Identity.NOT_LOGGED;
        }
        return masterThen.equals(masterNow)
                ? OpenedMessage.Identity.UNCHANGED
                : OpenedMessage.Identity.CHANGED;
    }

    private static boolean isOf(JsonObject device, RoomKey key) {
        JsonObject keys = device.object("keys").orElse(JsonObject.EMPTY);
        String id = device.string("device_id").orElse("");
        return keys.string("curve25519:" + id).filter(key.senderKey().value()::equals).isPresent()
                && keys.string("ed25519:" + id)
                        .filter(key.signingKey().value()::equals)
                        .isPresent();
    }
}
