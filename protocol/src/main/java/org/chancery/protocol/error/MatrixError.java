package org.chancery.protocol.error;

import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// An error of the Matrix API level (Client-Server API, "Standard error response"). One record per
/// case; the HTTP status of each stands in one table, at the edge.
///
/// The cases stand in files by what they are about, and are known here: `MatrixError.Forbidden`.
public sealed interface MatrixError
        extends AccessErrors,
                RequestErrors,
                LimitErrors,
                AccountErrors,
                RoomErrors,
                KeyAndMediaErrors,
                ServiceErrors
        permits AccessErrors.Access,
                RequestErrors.Ask,
                LimitErrors.Limit,
                AccountErrors.Account,
                RoomErrors.Room,
                KeyAndMediaErrors.KeyOrMedia,
                ServiceErrors.Service {
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
}
