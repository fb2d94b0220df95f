package org.chancery.protocol.event;

/// A place in the state of a room: an event type and a state key.
public record StateKey(String type, String key) {
    public static final StateKey CREATE = new StateKey(EventType.CREATE, "");
    public static final StateKey POWER_LEVELS = new StateKey(EventType.POWER_LEVELS, "");
    public static final StateKey JOIN_RULES = new StateKey(EventType.JOIN_RULES, "");
    public static final StateKey HISTORY_VISIBILITY =
            new StateKey(EventType.HISTORY_VISIBILITY, "");

    /// The place of a user's membership.
    public static StateKey member(Object user) {
        return new StateKey(EventType.MEMBER, user.toString());
    }
}
