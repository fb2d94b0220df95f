package org.chancery.protocol.filter;

import java.util.OptionalInt;
import org.chancery.protocol.id.UserId;

/// Which events by type and sender, and how many (`EventFilter`).
public final class EventFilter {
    public static final EventFilter ALL =
            new EventFilter(TypeSelection.ALL, Selection.ALL, OptionalInt.empty());

    private final TypeSelection types;
    private final Selection senders;
    private final OptionalInt limit;

    private EventFilter(TypeSelection types, Selection senders, OptionalInt limit) {
        this.types = types;
        this.senders = senders;
        this.limit = limit;
    }

    static EventFilter parse(Fields fields) {
        return new EventFilter(
                TypeSelection.parse(fields),
                Selection.parse(fields, "senders", "@"),
                fields.count("limit"));
    }

    public boolean accepts(String type, UserId sender) {
        return acceptsType(type) && acceptsSender(sender);
    }

    /// For what has no sender, as account data.
    public boolean acceptsType(String type) {
        return types.accepts(type);
    }

    public boolean acceptsSender(UserId sender) {
        return senders.isAll() || senders.accepts(sender.toString());
    }

    /// How many events: what the filter says or this default, and never more than this maximum.
    public int limit(int ifUnset, int max) {
        return Math.min(limit.orElse(ifUnset), max);
    }

    public boolean isAll() {
        return types.isAll() && senders.isAll();
    }
}
