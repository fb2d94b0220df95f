package org.chancery.protocol.error;

import org.chancery.protocol.json.JsonObject;

/// Errors about application services and other servers, each known as a member of [MatrixError].
interface ServiceErrors {
    /// The other side of a connection of ours failed.
    sealed interface Service extends MatrixError {}

    /// The application service has no URL to ping.
    record UrlNotSet() implements Service {
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
    record BadStatus(String message, int status, String answer) implements Service {
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
    record ConnectionTimeout(String message) implements Service {
        @Override
        public String errcode() {
            return "M_CONNECTION_TIMEOUT";
        }
    }

    /// The other side could not be reached.
    record ConnectionFailed(String message) implements Service {
        @Override
        public String errcode() {
            return "M_CONNECTION_FAILED";
        }
    }
}
