package org.chancery.protocol.error;

import java.time.Duration;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// An error of the Matrix API level (Client-Server API, "Standard error response"). One record per
/// case; the HTTP status of each stands in one table, at the edge.
public sealed interface MatrixError {
    /// The code on the wire, for example `M_FORBIDDEN`.
    String errcode();

    /// The sentence for humans.
    String message();

    /// The answer's body: code, sentence, and what else the case tells.
    default JsonObject body() {
        return JsonObject.of("errcode", errcode()).with("error", message());
    }

    default MatrixException asException() {
        return new MatrixException(this);
    }

    /// What a client hears of JSON that is none.
    static MatrixError of(MalformedJson malformed) {
        return switch (malformed.kind()) {
            case NOT_JSON -> new NotJson(message(malformed));
            case BAD -> new BadJson(message(malformed));
        };
    }

    /// What a client hears of an identifier that is none.
    static MatrixError of(MalformedId malformed) {
        return new InvalidParam("not a valid " + malformed.kind());
    }

    private static String message(MalformedJson malformed) {
        var message = malformed.getMessage();
        return message == null ? "not JSON" : message;
    }

    // Who asks.

    /// Not allowed, or the login failed.
    record Forbidden(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_FORBIDDEN";
        }
    }

    /// The request was not correctly authorised, for example by another server.
    record Unauthorized(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNAUTHORIZED";
        }
    }

    /// No access token was given.
    record MissingToken() implements MatrixError {
        @Override
        public String errcode() {
            return "M_MISSING_TOKEN";
        }

        @Override
        public String message() {
            return "Missing access token";
        }
    }

    /// The access or refresh token is not known. After a soft logout the client keeps its device.
    record UnknownToken(String message, boolean softLogout) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNKNOWN_TOKEN";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("soft_logout", softLogout);
        }
    }

    /// The device that an application service names is not of that user.
    record UnknownDevice(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNKNOWN_DEVICE";
        }
    }

    /// The account is deactivated.
    record UserDeactivated() implements MatrixError {
        @Override
        public String errcode() {
            return "M_USER_DEACTIVATED";
        }

        @Override
        public String message() {
            return "This account has been deactivated";
        }
    }

    /// The account is locked; the client keeps its session.
    record UserLocked() implements MatrixError {
        @Override
        public String errcode() {
            return "M_USER_LOCKED";
        }

        @Override
        public String message() {
            return "This account has been locked";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("soft_logout", true);
        }
    }

    /// The account is suspended.
    record UserSuspended() implements MatrixError {
        @Override
        public String errcode() {
            return "M_USER_SUSPENDED";
        }

        @Override
        public String message() {
            return "This account has been suspended";
        }
    }

    /// Guests may not.
    record GuestAccessForbidden(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_GUEST_ACCESS_FORBIDDEN";
        }
    }

    /// The name is reserved by an application service.
    record Exclusive(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_EXCLUSIVE";
        }
    }

    /// Application services can not log in where logins are by OAuth 2.0.
    record AppserviceLoginUnsupported(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_APPSERVICE_LOGIN_UNSUPPORTED";
        }
    }

    /// Interactive authentication goes on: the body lists flows, session and what is done.
    record UserInteractive(JsonObject body) implements MatrixError {
        @Override
        public String errcode() {
            return body.string("errcode").orElse("M_UNAUTHORIZED");
        }

        @Override
        public String message() {
            return body.string("error").orElse("Authentication is needed");
        }
    }

    // What is asked.

    /// There is no such thing.
    record NotFound(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_NOT_FOUND";
        }
    }

    /// JSON, but of a wrong shape.
    record BadJson(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_BAD_JSON";
        }
    }

    /// The thing can be read, but only the server may write it.
    record ServerControlled(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_BAD_JSON";
        }
    }

    /// Not JSON at all.
    record NotJson(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_NOT_JSON";
        }
    }

    /// A parameter has a wrong value.
    record InvalidParam(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_INVALID_PARAM";
        }
    }

    /// A parameter that must be there is not.
    record MissingParam(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_MISSING_PARAM";
        }
    }

    /// No such endpoint; or, where the path is known, not with this method.
    record Unrecognized(boolean pathKnown) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNRECOGNIZED";
        }

        @Override
        public String message() {
            return pathKnown ? "Unrecognized method" : "Unrecognized request";
        }
    }

    /// The request or the thing is too large.
    record TooLarge(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_TOO_LARGE";
        }
    }

    /// Something else. A fault of ours says no more than that.
    record Unknown(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNKNOWN";
        }
    }

    /// The position of a sliding sync connection is not known (MSC4186).
    record UnknownPos(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNKNOWN_POS";
        }
    }

    // Limits.

    /// Too many requests.
    record LimitExceeded(Duration retryAfter) implements MatrixError {
        @Override
        public String errcode() {
            return "M_LIMIT_EXCEEDED";
        }

        @Override
        public String message() {
            return "Too many requests";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("retry_after_ms", retryAfter.toMillis());
        }
    }

    /// The server has reached a limit of its own.
    record ResourceLimit(String message, String adminContact) implements MatrixError {
        @Override
        public String errcode() {
            return "M_RESOURCE_LIMIT_EXCEEDED";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("admin_contact", adminContact);
        }
    }

    /// The account has reached one of its limits.
    record UserLimit(String message, String infoUri, boolean canUpgrade) implements MatrixError {
        @Override
        public String errcode() {
            return "M_USER_LIMIT_EXCEEDED";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("info_uri", infoUri)
                    .with("can_upgrade", canUpgrade);
        }
    }

    /// The profile would be too large.
    record ProfileTooLarge(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_PROFILE_TOO_LARGE";
        }
    }

    /// The name of a profile field is too long.
    record KeyTooLarge(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_KEY_TOO_LARGE";
        }
    }

    /// A delayed event would be delayed too long (MSC4140).
    record MaxDelayExceeded(String message, long maxDelayMs) implements MatrixError {
        @Override
        public String errcode() {
            return "M_MAX_DELAY_EXCEEDED";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("max_delay", maxDelayMs);
        }
    }

    // Accounts.

    /// The user ID is taken.
    record UserInUse() implements MatrixError {
        @Override
        public String errcode() {
            return "M_USER_IN_USE";
        }

        @Override
        public String message() {
            return "User ID already taken";
        }
    }

    /// No user ID can be made of it.
    record InvalidUsername(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_INVALID_USERNAME";
        }
    }

    /// The password is too weak.
    record WeakPassword(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_WEAK_PASSWORD";
        }
    }

    /// A captcha must be solved.
    record CaptchaNeeded(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_CAPTCHA_NEEDED";
        }
    }

    /// The captcha was not solved.
    record CaptchaInvalid(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_CAPTCHA_INVALID";
        }
    }

    /// The third-party server is not trusted.
    record ServerNotTrusted(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_SERVER_NOT_TRUSTED";
        }
    }

    /// The third-party identifier was not proven.
    record ThreepidAuthFailed(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_THREEPID_AUTH_FAILED";
        }
    }

    /// The third-party identifier is not allowed.
    record ThreepidDenied(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_THREEPID_DENIED";
        }
    }

    /// The third-party identifier is in use.
    record ThreepidInUse(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_THREEPID_IN_USE";
        }
    }

    /// This medium of third-party identifiers is not supported.
    record ThreepidMediumNotSupported(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_THREEPID_MEDIUM_NOT_SUPPORTED";
        }
    }

    /// No account has the third-party identifier.
    record ThreepidNotFound(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_THREEPID_NOT_FOUND";
        }
    }

    // Rooms.

    /// The alias points to a room already (Client-Server API, `PUT /directory/room/{roomAlias}`).
    record AliasInUse() implements MatrixError {
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
    record RoomInUse() implements MatrixError {
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
    record BadAlias(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_BAD_ALIAS";
        }
    }

    /// The initial state of a new room is not valid.
    record InvalidRoomState(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_INVALID_ROOM_STATE";
        }
    }

    /// The change does not fit the state, as to unban who is not banned.
    record BadState(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_BAD_STATE";
        }
    }

    /// The room version is not supported.
    record UnsupportedRoomVersion(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNSUPPORTED_ROOM_VERSION";
        }
    }

    /// The room has a version that the asker does not support.
    record IncompatibleRoomVersion(String message, String roomVersion) implements MatrixError {
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
    record CannotLeaveServerNoticeRoom() implements MatrixError {
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
    record UnableToAuthoriseJoin(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNABLE_TO_AUTHORISE_JOIN";
        }
    }

    /// The join is allowed, but no user of this server may authorise it.
    record UnableToGrantJoin(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_UNABLE_TO_GRANT_JOIN";
        }
    }

    /// The invited user does not want invites of this kind.
    record InviteBlocked(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_INVITE_BLOCKED";
        }
    }

    /// The user has already reacted so.
    record DuplicateAnnotation(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_DUPLICATE_ANNOTATION";
        }
    }

    // Keys and media.

    /// The backup of room keys has another version now.
    record WrongRoomKeysVersion(String message, String currentVersion) implements MatrixError {
        @Override
        public String errcode() {
            return "M_WRONG_ROOM_KEYS_VERSION";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("current_version", currentVersion);
        }
    }

    /// A signature does not hold.
    record InvalidSignature(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_INVALID_SIGNATURE";
        }
    }

    /// The media has an ID but no bytes yet.
    record NotYetUploaded() implements MatrixError {
        @Override
        public String errcode() {
            return "M_NOT_YET_UPLOADED";
        }

        @Override
        public String message() {
            return "Media has not been uploaded yet";
        }
    }

    /// The media ID already has bytes.
    record CannotOverwriteMedia() implements MatrixError {
        @Override
        public String errcode() {
            return "M_CANNOT_OVERWRITE_MEDIA";
        }

        @Override
        public String message() {
            return "Media already has content";
        }
    }

    // Application services.

    /// The application service has no URL to ping.
    record UrlNotSet() implements MatrixError {
        @Override
        public String errcode() {
            return "M_URL_NOT_SET";
        }

        @Override
        public String message() {
            return "The application service has no URL";
        }
    }

    /// The application service answered a ping with an error.
    record BadStatus(String message, int status, String answer) implements MatrixError {
        @Override
        public String errcode() {
            return "M_BAD_STATUS";
        }

        @Override
        public JsonObject body() {
            return JsonObject.of("errcode", errcode())
                    .with("error", message())
                    .with("status", status)
                    .with("body", answer);
        }
    }

    /// The other side did not answer in time.
    record ConnectionTimeout(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_CONNECTION_TIMEOUT";
        }
    }

    /// The other side could not be reached.
    record ConnectionFailed(String message) implements MatrixError {
        @Override
        public String errcode() {
            return "M_CONNECTION_FAILED";
        }
    }
}
