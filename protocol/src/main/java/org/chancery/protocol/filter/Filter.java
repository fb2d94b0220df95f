package org.chancery.protocol.filter;

import java.util.List;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.PropertyPath;

/// A whole filter, as uploaded or given with /sync (`Filter`).
public final class Filter {
    /// Lets everything through.
    public static final Filter ALL = parse(JsonObject.EMPTY);

    private final List<PropertyPath> eventFields;
    private final boolean federationFormat;
    private final EventFilter presence;
    private final EventFilter accountData;
    private final RoomFilter room;

    private Filter(Fields fields) {
        eventFields =
                fields.texts("event_fields").orElse(List.of()).stream()
                        .map(PropertyPath::parse)
                        .toList();
        federationFormat =
                switch (fields.text("event_format").orElse("client")) {
                    case "client" -> false;
                    case "federation" -> true;
                    default -> throw new MalformedFilter("event_format");
                };
        presence = EventFilter.parse(fields.object("presence"));
        accountData = EventFilter.parse(fields.object("account_data"));
        room = RoomFilter.parse(fields.object("room"));
    }

    /// Throws [MalformedFilter].
    public static Filter parse(JsonObject json) {
        return new Filter(new Fields(json));
    }

    /// Whether [#fieldsOf] leaves events as they are.
    public boolean wantsAllFields() {
        return eventFields.isEmpty();
    }

    /// The event with the wanted fields only.
    public JsonObject fieldsOf(JsonObject event) {
        return wantsAllFields() ? event : PropertyPath.select(event, eventFields);
    }

    /// Whether events are wanted as servers exchange them.
    public boolean federationFormat() {
        return federationFormat;
    }

    public EventFilter presence() {
        return presence;
    }

    public EventFilter accountData() {
        return accountData;
    }

    public RoomFilter room() {
        return room;
    }
}
