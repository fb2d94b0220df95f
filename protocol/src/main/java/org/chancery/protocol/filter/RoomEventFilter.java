package org.chancery.protocol.filter;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// Which events of rooms (`RoomEventFilter`, also called `StateFilter`).
public final class RoomEventFilter {
    public static final RoomEventFilter ALL = parse(JsonObject.EMPTY);

    private final EventFilter events;
    private final Selection rooms;
    private final @Nullable Boolean containsUrl;
    private final boolean lazyLoadMembers;
    private final boolean includeRedundantMembers;
    private final boolean unreadThreadNotifications;
    private final RelatedBy relatedBy;

    /// Only events to which others relate so: with one of these relation types, from one of these
    /// senders. An empty list asks nothing.
    public record RelatedBy(List<String> relTypes, List<String> senders) {
        public RelatedBy {
            relTypes = List.copyOf(relTypes);
            senders = List.copyOf(senders);
        }

        public boolean isAny() {
            return relTypes.isEmpty() && senders.isEmpty();
        }
    }

    private RoomEventFilter(Fields fields) {
        events = EventFilter.parse(fields);
        rooms = Selection.parse(fields, "rooms", "!");
        containsUrl = fields.optionalFlag("contains_url").orElse(null);
        lazyLoadMembers = fields.flag("lazy_load_members");
        includeRedundantMembers = fields.flag("include_redundant_members");
        unreadThreadNotifications = fields.flag("unread_thread_notifications");
        relatedBy =
                new RelatedBy(
                        fields.texts("related_by_rel_types").orElse(List.of()),
                        fields.texts("related_by_senders").orElse(List.of()));
    }

    /// Throws [MalformedFilter].
    public static RoomEventFilter parse(JsonObject json) {
        return parse(new Fields(json));
    }

    static RoomEventFilter parse(Fields fields) {
        return new RoomEventFilter(fields);
    }

    /// Whether the event is wanted. Rooms and relations are asked apart.
    public boolean accepts(String type, UserId sender, JsonObject content) {
        return events.accepts(type, sender) && acceptsUrl(content);
    }

    /// For what has no sender, as account data, and typing and receipts of a room.
    public boolean acceptsType(String type) {
        return events.acceptsType(type);
    }

    public boolean acceptsSender(UserId sender) {
        return events.acceptsSender(sender);
    }

    public boolean acceptsRoom(RoomId room) {
        return rooms.accepts(room.value());
    }

    /// The rooms that the filter names, if it names any.
    public Optional<List<String>> rooms() {
        return Optional.ofNullable(rooms.wanted()).map(List::copyOf);
    }

    /// How many events: what the filter says or this default, and never more than this maximum.
    public int limit(int ifUnset, int max) {
        return events.limit(ifUnset, max);
    }

    public boolean lazyLoadMembers() {
        return lazyLoadMembers;
    }

    public boolean includeRedundantMembers() {
        return includeRedundantMembers;
    }

    public boolean unreadThreadNotifications() {
        return unreadThreadNotifications;
    }

    public RelatedBy relatedBy() {
        return relatedBy;
    }

    /// Whether every event of every room is accepted.
    public boolean isAll() {
        return events.isAll() && rooms.isAll() && containsUrl == null && relatedBy.isAny();
    }

    private boolean acceptsUrl(JsonObject content) {
        return containsUrl == null || containsUrl == content.has("url");
    }
}
