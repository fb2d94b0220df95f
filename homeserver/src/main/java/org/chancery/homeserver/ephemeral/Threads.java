package org.chancery.homeserver.ephemeral;

import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.JsonObject;

/// In which thread an event is (client-server API, "Threaded read receipts"): in the one it names,
/// or in that of the event to which it relates; in the main timeline otherwise. Roots of threads
/// are
/// in the main timeline.
public final class Threads {
    private static final int HOPS_MAX = 3;

    private final EventStore events;

    public Threads(EventStore events) {
        this.events = events;
    }

    /// The root of the event's thread, or `main`.
    public String of(StoredEvent event) {
        StoredEvent at = event;
        for (int hop = 0; hop <= HOPS_MAX; hop++) {
            Optional<String> root = root(at);
            if (root.isPresent()) {
                return root.get();
            }
            Optional<StoredEvent> parent = parent(at);
            if (parent.isEmpty()) {
                return Receipt.MAIN;
            }
            at = parent.get();
        }
        return Receipt.MAIN;
    }

    /// Whether a receipt on the event may be one of the thread: the event is in it, is its root, or
    /// relates to its root.
    public boolean accepts(StoredEvent event, String thread) {
        if (thread.equals(Receipt.MAIN)) {
            return of(event).equals(Receipt.MAIN);
        }
        StoredEvent at = event;
        for (int hop = 0; hop <= HOPS_MAX; hop++) {
            if (at.id().value().equals(thread) || root(at).filter(thread::equals).isPresent()) {
                return true;
            }
            Optional<StoredEvent> parent = parent(at);
            if (parent.isEmpty()) {
                return false;
            }
            at = parent.get();
        }
        return false;
    }

    private static Optional<String> root(StoredEvent event) {
        return relation(event)
                .filter(
                        relation ->
                                relation.string("rel_type").filter("m.thread"::equals).isPresent())
                .flatMap(relation -> relation.string("event_id"));
    }

    private Optional<StoredEvent> parent(StoredEvent event) {
        return relation(event)
                .filter(relation -> relation.has("rel_type"))
                .flatMap(relation -> relation.string("event_id"))
                .flatMap(Threads::id)
                .flatMap(events::event)
                .filter(parent -> parent.room().number() == event.room().number());
    }

    private static Optional<JsonObject> relation(StoredEvent event) {
        return event.content().object("m.relates_to");
    }

    private static Optional<EventId> id(String text) {
        try {
            return Optional.of(EventId.parse(text));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
