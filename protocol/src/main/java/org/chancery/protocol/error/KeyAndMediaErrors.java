package org.chancery.protocol.error;

import org.chancery.protocol.json.JsonObject;

/// Errors about keys and media, each known as a member of [MatrixError].
interface KeyAndMediaErrors {
    /// Keys, signatures or media do not allow it.
    sealed interface KeyOrMedia extends MatrixError {}

    /// The backup of room keys has another version now.
    record WrongRoomKeysVersion(String message, String currentVersion) implements KeyOrMedia {
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
    record InvalidSignature(String message) implements KeyOrMedia {
        @Override
        public String errcode() {
            return "M_INVALID_SIGNATURE";
        }
    }

    /// The media has an ID but no bytes yet.
    record NotYetUploaded() implements KeyOrMedia {
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
    record CannotOverwriteMedia() implements KeyOrMedia {
        @Override
        public String errcode() {
            return "M_CANNOT_OVERWRITE_MEDIA";
        }

        @Override
        public String message() {
            return "Media already has content";
        }
    }
}
