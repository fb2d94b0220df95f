package org.chancery.protocol.error;

import org.chancery.protocol.json.JsonObject;

/// Errors about who asks, each known as a member of [MatrixError].
interface AccessErrors {
    /// Who asks may not, or not so.
    sealed interface Access extends MatrixError {}

    /// Not allowed, or the login failed.
    record Forbidden(String message) implements Access {
        @Override
        public String errcode() {
            return "M_FORBIDDEN";
        }
    }

    /// The request was not correctly authorised, for example by another server.
    record Unauthorized(String message) implements Access {
        @Override
        public String errcode() {
            return "M_UNAUTHORIZED";
        }
    }

    /// No access token was given.
    record MissingToken() implements Access {
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
    record UnknownToken(String message, boolean softLogout) implements Access {
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
    record UnknownDevice(String message) implements Access {
        @Override
        public String errcode() {
            return "M_UNKNOWN_DEVICE";
        }
    }

    /// The account is deactivated.
    record UserDeactivated() implements Access {
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
    record UserLocked() implements Access {
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
    record UserSuspended() implements Access {
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
    record GuestAccessForbidden(String message) implements Access {
        @Override
        public String errcode() {
            return "M_GUEST_ACCESS_FORBIDDEN";
        }
    }

    /// The name is reserved by an application service.
    record Exclusive(String message) implements Access {
        @Override
        public String errcode() {
            return "M_EXCLUSIVE";
        }
    }

    /// Application services can not log in where logins are by OAuth 2.0.
    record AppserviceLoginUnsupported(String message) implements Access {
        @Override
        public String errcode() {
            return "M_APPSERVICE_LOGIN_UNSUPPORTED";
        }
    }

    /// Interactive authentication goes on: the body lists flows, session and what is done.
    record UserInteractive(JsonObject body) implements Access {
        @Override
        public String errcode() {
            return body.string("errcode").orElse("M_UNAUTHORIZED");
        }

        @Override
        public String message() {
            return body.string("error").orElse("Authentication is needed");
        }
    }
}
