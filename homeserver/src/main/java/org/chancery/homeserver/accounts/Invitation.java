package org.chancery.homeserver.accounts;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A registration token as the server remembers it: never the token, only its hash.
///
/// @param id a short name by which it is listed and taken back
/// @param createdBy the administrator who made it; null for the one of the first start
/// @param usesAllowed how many accounts it may make; empty for no bound
/// @param uses how many it has made
/// @param expiresTs until when, in milliseconds since 1970; empty for always
/// @param makesAdmin whether the account made with it administers the server
public record Invitation(
        String id,
        @Nullable String createdBy,
        long createdTs,
        OptionalLong usesAllowed,
        long uses,
        OptionalLong expiresTs,
        boolean makesAdmin) {

    /// Whether an account can be made with it at that moment.
    public boolean isValidAt(long nowTs) {
        return (usesAllowed.isEmpty() || uses < usesAllowed.getAsLong())
                && (expiresTs.isEmpty() || nowTs < expiresTs.getAsLong());
    }
}
