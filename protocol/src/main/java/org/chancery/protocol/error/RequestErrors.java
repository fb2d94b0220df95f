package org.chancery.protocol.error;

/// Errors about what is asked, each known as a member of [MatrixError].
interface RequestErrors {
    /// The request is not one that can be answered.
    sealed interface Ask extends MatrixError {}

    /// There is no such thing.
    record NotFound(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_NOT_FOUND";
        }
    }

    /// JSON, but of a wrong shape.
    record BadJson(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_BAD_JSON";
        }
    }

    /// The thing can be read, but only the server may write it.
    record ServerControlled(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_BAD_JSON";
        }
    }

    /// Not JSON at all.
    record NotJson(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_NOT_JSON";
        }
    }

    /// A parameter has a wrong value.
    record InvalidParam(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_INVALID_PARAM";
        }
    }

    /// A parameter that must be there is not.
    record MissingParam(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_MISSING_PARAM";
        }
    }

    /// No such endpoint; or, where the path is known, not with this method.
    record Unrecognized(boolean pathKnown) implements Ask {
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
    record TooLarge(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_TOO_LARGE";
        }
    }

    /// Something else. A fault of ours says no more than that.
    record Unknown(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_UNKNOWN";
        }
    }

    /// The position of a sliding sync connection is not known (MSC4186).
    record UnknownPos(String message) implements Ask {
        @Override
        public String errcode() {
            return "M_UNKNOWN_POS";
        }
    }
}
