package org.chancery.homeserver.events;

/// What else is known of a stored event, as bits.
public final class EventFlags {
    /// Nothing: accepted, in the room, shown.
    public static final int NONE = 0;

    /// Known without its place in the room: an auth event, or state fetched at a join.
    public static final int OUTLIER = 1;

    /// Failed the authorization rules; kept only because others may cite it.
    public static final int REJECTED = 2;

    /// Allowed by the state before it but not by the current state; not shown to clients.
    public static final int SOFT_FAILED = 4;

    /// Judged while the state of the room was not yet whole.
    public static final int PARTIAL_STATE = 8;

    /// Found late and placed behind the present: read by paging back, never news for `/sync`.
    public static final int HISTORY = 16;

    private EventFlags() {}

    /// Whether clients may be shown the event, visibility permitting.
    public static boolean isShown(int flags) {
        return (flags & (OUTLIER | REJECTED | SOFT_FAILED)) == 0;
    }

    /// Whether the event is news for `/sync` and for followers of the present.
    public static boolean isNews(int flags) {
        return (flags & (OUTLIER | REJECTED | SOFT_FAILED | HISTORY)) == 0;
    }
}
