package org.chancery.api.http;

/// The classes of endpoints that share one rate. The key is the user where one is known, else the
/// remote address.
public enum LimitClass {
    /// Not limited here.
    NONE,
    LOGIN,
    REGISTRATION,
    /// What costs much for little: search, directories, previews.
    EXPENSIVE,
    /// What writes into rooms.
    WRITE,
    MEDIA
}
