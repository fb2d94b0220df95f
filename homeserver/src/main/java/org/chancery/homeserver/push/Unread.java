package org.chancery.homeserver.push;

import java.util.Map;

/// How many events of a room a user has not read, of those that notify (client-server API,
/// "Receiving notifications").
///
/// @param main of the main timeline
/// @param threads of each thread that has any, by its root
public record Unread(Count main, Map<String, Count> threads) {
    public static final Unread NONE = new Unread(Count.NONE, Map.of());

    /// @param notifications events that notify
    /// @param highlights those of them that are to stand out
    public record Count(long notifications, long highlights) {
        public static final Count NONE = new Count(0, 0);

        Count plus(Count more) {
            return new Count(notifications + more.notifications, highlights + more.highlights);
        }

        boolean isNone() {
            return notifications == 0 && highlights == 0;
        }
    }

    /// Of the whole room, for clients that do not distinguish threads.
    public Count all() {
        return threads.values().stream().reduce(main, Count::plus);
    }
}
