package org.chancery.homeserver.e2ee;

import org.chancery.protocol.json.JsonObject;

/// A version of a user's backup of room keys (client-server API, "Server-side key backups").
///
/// @param etag counts the changes of the keys
/// @param count how many keys it holds
public record KeyBackup(
        long version, String algorithm, JsonObject authData, long etag, long count) {

    /// As a client asks for it.
    public JsonObject json() {
        return JsonObject.builder()
                .put("version", Long.toString(version))
                .put("algorithm", algorithm)
                .put("auth_data", authData)
                .put("etag", Long.toString(etag))
                .put("count", count)
                .build();
    }

    /// As the answer to a change of its keys.
    JsonObject changed() {
        return JsonObject.of("etag", Long.toString(etag)).with("count", count);
    }
}
