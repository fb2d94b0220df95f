package org.chancery.protocol.error;

import java.time.Duration;
import org.chancery.protocol.json.JsonObject;

/// Errors about limits, each known as a member of [MatrixError].
interface LimitErrors {
    /// A limit is reached.
    sealed interface Limit extends MatrixError {}

    /// Too many requests.
    record LimitExceeded(Duration retryAfter) implements Limit {
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
    record ResourceLimit(String message, String adminContact) implements Limit {
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
    record UserLimit(String message, String infoUri, boolean canUpgrade) implements Limit {
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
    record ProfileTooLarge(String message) implements Limit {
        @Override
        public String errcode() {
            return "M_PROFILE_TOO_LARGE";
        }
    }

    /// The name of a profile field is too long.
    record KeyTooLarge(String message) implements Limit {
        @Override
        public String errcode() {
            return "M_KEY_TOO_LARGE";
        }
    }

    /// A delayed event would be delayed too long (MSC4140).
    record MaxDelayExceeded(String message, long maxDelayMs) implements Limit {
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
}
