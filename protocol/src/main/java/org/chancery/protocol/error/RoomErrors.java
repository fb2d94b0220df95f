package org.chancery.protocol.error;

import org.chancery.protocol.json.JsonObject;

/// Errors about rooms, each known as a member of [MatrixError].
interface RoomErrors {
    /// A room does not allow it.
    sealed interface Room extends MatrixError {}

    /// The alias points to a room already (Client-Server API, `PUT /directory/room/{roomAlias}`).
    record AliasInUse() implements Room {
        @Override
        public String errcode() {
            return "M_UNKNOWN";
        }

        @Override
        public String message() {
            return "The alias is in use";
        }
    }

    /// The alias is taken.
    record RoomInUse() implements Room {
        @Override
        public String errcode() {
            return "M_ROOM_IN_USE";
        }

        @Override
        public String message() {
            return "Room alias already taken";
        }
    }

    /// An alias in the event does not point to the room.
    record BadAlias(String message) implements Room {
        @Override
        public String errcode() {
            return "M_BAD_ALIAS";
        }
    }

    /// The initial state of a new room is not valid.
    record InvalidRoomState(String message) implements Room {
        @Override
        public String errcode() {
            return "M_INVALID_ROOM_STATE";
        }
    }

    /// The change does not fit the state, as to unban who is not banned.
    record BadState(String message) implements Room {
        @Override
        public String errcode() {
            return "M_BAD_STATE";
        }
    }

    /// The room version is not supported.
    record UnsupportedRoomVersion(String message) implements Room {
        @Override
        public String errcode() {
            return "M_UNSUPPORTED_ROOM_VERSION";
        }
    }

    /// The room has a version that the asker does not support.
    record IncompatibleRoomVersion(String message, String roomVersion) implements Room {
        @Override
        public String errcode() {
            return "M_INCOMPATIBLE_ROOM_VERSION";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("room_version", roomVersion);
        }
    }

    /// The room of server notices can not be left.
    record CannotLeaveServerNoticeRoom() implements Room {
        @Override
        public String errcode() {
            return "M_CANNOT_LEAVE_SERVER_NOTICE_ROOM";
        }

        @Override
        public String message() {
            return "You cannot reject this invite";
        }
    }

    /// This server can not tell whether a restricted join is allowed.
    record UnableToAuthoriseJoin(String message) implements Room {
        @Override
        public String errcode() {
            return "M_UNABLE_TO_AUTHORISE_JOIN";
        }
    }

    /// The join is allowed, but no user of this server may authorise it.
    record UnableToGrantJoin(String message) implements Room {
        @Override
        public String errcode() {
            return "M_UNABLE_TO_GRANT_JOIN";
        }
    }

    /// The invited user does not want invites of this kind.
    record InviteBlocked(String message) implements Room {
        @Override
        public String errcode() {
            return "M_INVITE_BLOCKED";
        }
    }

    /// The user has already reacted so.
    record DuplicateAnnotation(String message) implements Room {
        @Override
        public String errcode() {
            return "M_DUPLICATE_ANNOTATION";
        }
    }
}
