package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;

/// Reads many events by position, in portions that a statement can hold.
final class EventLoad {
    private static final int PORTION = 512;

    private EventLoad() {}

    static List<StoredEvent> at(EventStore events, Collection<Long> positions) {
        List<Long> all = List.copyOf(positions);
        if (all.size() <= PORTION) {
            return events.events(all);
        }
        List<StoredEvent> loaded = new ArrayList<>(all.size());
        for (int i = 0; i < all.size(); i += PORTION) {
            loaded.addAll(events.events(all.subList(i, Math.min(i + PORTION, all.size()))));
        }
        return loaded;
    }
}
