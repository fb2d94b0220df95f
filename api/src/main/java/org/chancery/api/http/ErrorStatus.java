package org.chancery.api.http;

import org.chancery.protocol.error.MatrixError;

/// The one table from errors to HTTP statuses. It has no default: a new error must be given one
/// here.
final class ErrorStatus {
    private ErrorStatus() {}

    static int of(MatrixError error) {
        return switch (error) {
            case MatrixError.UnknownDevice _,
                    MatrixError.Exclusive _,
                    MatrixError.AppserviceLoginUnsupported _,
                    MatrixError.BadJson _,
                    MatrixError.NotJson _,
                    MatrixError.InvalidParam _,
                    MatrixError.MissingParam _,
                    MatrixError.Unknown _,
                    MatrixError.UnknownPos _,
                    MatrixError.ProfileTooLarge _,
                    MatrixError.KeyTooLarge _,
                    MatrixError.MaxDelayExceeded _,
                    MatrixError.UserInUse _,
                    MatrixError.InvalidUsername _,
                    MatrixError.WeakPassword _,
                    MatrixError.ServerNotTrusted _,
                    MatrixError.ThreepidInUse _,
                    MatrixError.ThreepidMediumNotSupported _,
                    MatrixError.ThreepidNotFound _,
                    MatrixError.RoomInUse _,
                    MatrixError.BadAlias _,
                    MatrixError.InvalidRoomState _,
                    MatrixError.UnsupportedRoomVersion _,
                    MatrixError.IncompatibleRoomVersion _,
                    MatrixError.UnableToAuthoriseJoin _,
                    MatrixError.UnableToGrantJoin _,
                    MatrixError.DuplicateAnnotation _,
                    MatrixError.InvalidSignature _,
                    MatrixError.UrlNotSet _ ->
                    400;
            case MatrixError.Unauthorized _,
                    MatrixError.MissingToken _,
                    MatrixError.UnknownToken _,
                    MatrixError.UserLocked _,
                    MatrixError.UserInteractive _,
                    MatrixError.CaptchaNeeded _,
                    MatrixError.CaptchaInvalid _ ->
                    401;
            case MatrixError.Forbidden _,
                    MatrixError.UserDeactivated _,
                    MatrixError.UserSuspended _,
                    MatrixError.GuestAccessForbidden _,
                    MatrixError.ResourceLimit _,
                    MatrixError.UserLimit _,
                    MatrixError.ThreepidDenied _,
                    MatrixError.ThreepidAuthFailed _,
                    MatrixError.BadState _,
                    MatrixError.CannotLeaveServerNoticeRoom _,
                    MatrixError.InviteBlocked _,
                    MatrixError.WrongRoomKeysVersion _ ->
                    403;
            case MatrixError.NotFound _ -> 404;
            case MatrixError.ServerControlled _ -> 405;
            case MatrixError.CannotOverwriteMedia _, MatrixError.AliasInUse _ -> 409;
            case MatrixError.TooLarge _ -> 413;
            case MatrixError.LimitExceeded _ -> 429;
            case MatrixError.BadStatus _, MatrixError.ConnectionFailed _ -> 502;
            case MatrixError.NotYetUploaded _, MatrixError.ConnectionTimeout _ -> 504;
            case MatrixError.Unrecognized(boolean pathKnown) -> pathKnown ? 405 : 404;
        };
    }
}
