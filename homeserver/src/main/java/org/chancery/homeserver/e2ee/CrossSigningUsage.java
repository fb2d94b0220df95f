package org.chancery.homeserver.e2ee;

/// What a cross-signing key is for (client-server API, "Cross-signing").
public enum CrossSigningUsage {
    /// Is the user's identity; signs the other two.
    MASTER("master"),
    /// Signs the user's own devices.
    SELF_SIGNING("self_signing"),
    /// Signs other users' master keys; seen by its user only.
    USER_SIGNING("user_signing");

    private final String wire;

    CrossSigningUsage(String wire) {
        this.wire = wire;
    }

    /// As it stands in `usage`.
    public String wire() {
        return wire;
    }

    /// The member of an upload that holds such a key.
    String member() {
        return wire + "_key";
    }

    /// The member of an answer that holds such keys by user.
    String members() {
        return wire + "_keys";
    }
}
