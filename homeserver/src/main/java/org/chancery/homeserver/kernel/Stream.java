package org.chancery.homeserver.kernel;

/// The ingredients of `/sync` that a durable change can touch (client-server API, "Syncing").
public enum Stream {
    /// Room events, membership changes among them.
    TIMELINE,
    /// Read receipts.
    RECEIPTS,
    /// Who is typing; lives in memory only.
    TYPING,
    /// Account data of one room, tags among it.
    ROOM_ACCOUNT_DATA,
    /// Account data of the user.
    ACCOUNT_DATA,
    /// Messages for one device.
    TO_DEVICE,
    /// Device and cross-signing keys of a user with whom a room is shared.
    DEVICE_LISTS,
    /// Presence of a user with whom a room is shared.
    PRESENCE
}
