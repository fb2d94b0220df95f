package org.chancery.homeserver.sync;

import java.util.Set;
import org.chancery.protocol.id.UserId;

/// `device_lists` of an answer.
///
/// @param changed whose devices must be looked up
/// @param left whose devices concern the client no more
public record DeviceListChanges(Set<UserId> changed, Set<UserId> left) {
    static final DeviceListChanges NONE = new DeviceListChanges(Set.of(), Set.of());

    boolean isEmpty() {
        return changed.isEmpty() && left.isEmpty();
    }
}
