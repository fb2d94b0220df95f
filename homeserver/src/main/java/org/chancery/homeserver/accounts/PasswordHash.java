package org.chancery.homeserver.accounts;

import org.jspecify.annotations.Nullable;

/// A slow, salted, memory-hard hash of passwords.
public interface PasswordHash {

    /// A fresh hash, which names its own parameters.
    String hash(String password);

    /// Whether the password has that hash. Takes the same time and answers no where there is none,
    /// so that nobody learns from a clock which users exist.
    boolean matches(String password, @Nullable String stored);
}
