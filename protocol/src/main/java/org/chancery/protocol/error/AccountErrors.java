package org.chancery.protocol.error;

/// Errors about accounts, each known as a member of [MatrixError].
interface AccountErrors {
    /// Something is wrong with an account, or with what would become one.
    sealed interface Account extends MatrixError {}

    /// The user ID is taken.
    record UserInUse() implements Account {
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
    record InvalidUsername(String message) implements Account {
        @Override
        public String errcode() {
            return "M_INVALID_USERNAME";
        }
    }

    /// The password is too weak.
    record WeakPassword(String message) implements Account {
        @Override
        public String errcode() {
            return "M_WEAK_PASSWORD";
        }
    }

    /// A captcha must be solved.
    record CaptchaNeeded(String message) implements Account {
        @Override
        public String errcode() {
            return "M_CAPTCHA_NEEDED";
        }
    }

    /// The captcha was not solved.
    record CaptchaInvalid(String message) implements Account {
        @Override
        public String errcode() {
            return "M_CAPTCHA_INVALID";
        }
    }

    /// The third-party server is not trusted.
    record ServerNotTrusted(String message) implements Account {
        @Override
        public String errcode() {
            return "M_SERVER_NOT_TRUSTED";
        }
    }

    /// The third-party identifier was not proven.
    record ThreepidAuthFailed(String message) implements Account {
        @Override
        public String errcode() {
            return "M_THREEPID_AUTH_FAILED";
        }
    }

    /// The third-party identifier is not allowed.
    record ThreepidDenied(String message) implements Account {
        @Override
        public String errcode() {
            return "M_THREEPID_DENIED";
        }
    }

    /// The third-party identifier is in use.
    record ThreepidInUse(String message) implements Account {
        @Override
        public String errcode() {
            return "M_THREEPID_IN_USE";
        }
    }

    /// This medium of third-party identifiers is not supported.
    record ThreepidMediumNotSupported(String message) implements Account {
        @Override
        public String errcode() {
            return "M_THREEPID_MEDIUM_NOT_SUPPORTED";
        }
    }

    /// No account has the third-party identifier.
    record ThreepidNotFound(String message) implements Account {
        @Override
        public String errcode() {
            return "M_THREEPID_NOT_FOUND";
        }
    }
}
