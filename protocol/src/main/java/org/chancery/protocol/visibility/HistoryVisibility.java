package org.chancery.protocol.visibility;

import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The value of `m.room.history_visibility`.
public enum HistoryVisibility {
    WORLD_READABLE,
    SHARED,
    INVITED,
    JOINED;

    /// What the content of such an event says; `shared` where it is not understood.
    public static HistoryVisibility of(JsonObject content) {
        return switch (content.string("history_visibility").orElse("")) {
            case "world_readable" -> WORLD_READABLE;
            case "invited" -> INVITED;
            case "joined" -> JOINED;
            default -> SHARED;
        };
    }

    /// Whether somebody may see what was sent while this was the setting.
    ///
    /// @param then the membership when it was sent
    /// @param joinedSince whether he joined at any point after; true of everyone who is joined now
    public boolean shows(Membership then, boolean joinedSince) {
        return switch (this) {
            case WORLD_READABLE -> true;
            case SHARED -> joinedSince || then == Membership.JOIN;
            case INVITED -> then == Membership.INVITE || then == Membership.JOIN;
            case JOINED -> then == Membership.JOIN;
        };
    }

    /// What a room's state says; `shared` where it has no such event.
    public static HistoryVisibility of(@Nullable Pdu event) {
        return event == null ? SHARED : of(event.content());
    }
}
