package org.chancery.homeserver.rooms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// What this server's users may not relate: nobody annotates twice with the same, and no thread
/// begins at an event that relates to another ("Avoiding duplicate annotations", "Validation of
/// `m.thread` relationships"). Of other servers' events it is no judge. Asked under the room's
/// lock.
final class RelationRules {
    private static final int SENDING_MAX = 10_000;

    private final EventStore events;

    /// Annotations that may not be durable yet, and so not in the index.
    private final Cache<Annotation, Pending<Long>> sending =
            Caffeine.newBuilder().maximumSize(SENDING_MAX).build();

    RelationRules(EventStore events) {
        this.events = events;
    }

    private record Annotation(
            RoomId room, EventId parent, UserId sender, String type, String key) {}

    /// @throws org.chancery.protocol.error.MatrixException `M_DUPLICATE_ANNOTATION`; `M_UNKNOWN` if
    ///     there can be no thread
    void require(RoomRef room, EventDraft draft) {
        Optional<Relation> relation = relation(draft);
        if (relation.isEmpty()) {
            return;
        }
        if (relation.get().type().equals(Relation.THREAD)) {
            requireRoot(relation.get().parent());
        }
        annotation(room, draft).ifPresent(it -> requireNew(room, it));
    }

    /// The event has been submitted.
    void submitted(RoomRef room, EventDraft draft, Pending<Long> pending) {
        annotation(room, draft).ifPresent(it -> sending.put(it, pending));
    }

    private void requireRoot(EventId root) {
        if (events.event(root).flatMap(it -> Relation.of(it.content())).isPresent()) {
            throw new MatrixError.Unknown("A thread cannot begin at an event of a relation")
                    .asException();
        }
    }

    private void requireNew(RoomRef room, Annotation annotation) {
        Pending<Long> before = sending.getIfPresent(annotation);
        boolean isBeingSent = before != null && !before.settled();
        if (isBeingSent
                || events.relations()
                        .isAnnotated(
                                room,
                                annotation.parent,
                                annotation.sender,
                                annotation.type,
                                annotation.key)) {
            throw new MatrixError.DuplicateAnnotation("You have annotated the event with that")
                    .asException();
        }
    }

    private static Optional<Annotation> annotation(RoomRef room, EventDraft draft) {
        return relation(draft)
                .filter(it -> it.type().equals(Relation.ANNOTATION))
                .filter(it -> it.key().isPresent())
                .map(
                        it ->
                                new Annotation(
                                        room.id(),
                                        it.parent(),
                                        draft.sender(),
                                        draft.type(),
                                        it.key().get()));
    }

    private static Optional<Relation> relation(EventDraft draft) {
        return draft.stateKey() == null ? Relation.of(draft.content()) : Optional.empty();
    }
}
