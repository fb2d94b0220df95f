package org.chancery.homeserver.rooms;

import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What a membership event says of its user.
@FunctionalInterface
public interface MemberProfiles {
    /// `displayname` and `avatar_url`, so far as the user has set them.
    JsonObject of(UserId user);
}
