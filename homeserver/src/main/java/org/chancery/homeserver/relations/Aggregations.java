package org.chancery.homeserver.relations;

import static org.chancery.homeserver.events.Relation.REFERENCE;
import static org.chancery.homeserver.events.Relation.REPLACE;
import static org.chancery.homeserver.events.Relation.THREAD;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.EventStore.Direction;
import org.chancery.homeserver.events.EventStore.Range;
import org.chancery.homeserver.events.Relation;
import org.chancery.homeserver.events.RelationIndex;
import org.chancery.homeserver.events.RelationIndex.Group;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.id.EventId;

/// Gathers what relates to events (client-server API, "Aggregations of child events"): one read for
/// all of a page, and further ones only for those to which something relates.
public final class Aggregations {
    private static final List<String> ALL = List.of(REFERENCE, REPLACE, THREAD);
    private static final List<String> OF_LATEST = List.of(REFERENCE, REPLACE);
    private static final int REFERENCES_MAX = 500;

    /// How many children are looked at to find the latest that counts.
    private static final int LOOK_BACK_MAX = 16;

    private static final Comparator<StoredEvent> RECENT_FIRST =
            Comparator.comparingLong(StoredEvent::originServerTs)
                    .thenComparing(event -> event.id().value())
                    .reversed();

    private final EventStore events;
    private final RelationIndex index;

    public Aggregations(EventStore events) {
        this.events = events;
        this.index = events.relations();
    }

    /// What relates to the events of one room, by position; those without anything are left out, as
    /// are state events, for which nothing is aggregated.
    public Map<Long, Bundle> of(Viewer viewer, Collection<StoredEvent> parents) {
        return bundles(viewer, parents, ALL);
    }

    private Map<Long, Bundle> bundles(
            Viewer viewer, Collection<StoredEvent> all, List<String> types) {
        Map<EventId, StoredEvent> parents = new HashMap<>();
        all.stream()
                .filter(event -> !event.isState())
                .forEach(event -> parents.put(event.id(), event));
        if (parents.isEmpty()) {
            return Map.of();
        }
        Map<Long, Bundle> bundles = new HashMap<>();
        List<Found> threads = new ArrayList<>();
        for (Group group :
                index.groups(
                        viewer.room(), parents.keySet(), types, viewer.last(), viewer.ignored())) {
            StoredEvent parent = Objects.requireNonNull(parents.get(group.parent()));
            Bundle before = bundles.getOrDefault(parent.position(), Bundle.NONE);
            switch (group.type()) {
                case REPLACE ->
                        bundles.put(
                                parent.position(),
                                new Bundle(
                                        replacement(viewer, parent),
                                        before.thread(),
                                        before.references()));
                case REFERENCE ->
                        bundles.put(
                                parent.position(),
                                new Bundle(
                                        before.replacement(),
                                        before.thread(),
                                        references(viewer, parent)));
                default -> latest(viewer, parent, group).ifPresent(threads::add);
            }
        }
        addThreads(viewer, threads, bundles);
        bundles.values().removeIf(Bundle::isEmpty);
        return bundles;
    }

    /// A thread before it is known what is told of its latest event.
    private record Found(StoredEvent root, StoredEvent latest, long count) {}

    private void addThreads(Viewer viewer, List<Found> threads, Map<Long, Bundle> bundles) {
        if (threads.isEmpty()) {
            return;
        }
        Map<Long, Bundle> ofLatest =
                bundles(viewer, threads.stream().map(Found::latest).toList(), OF_LATEST);
        Set<EventId> roots = new HashSet<>();
        threads.forEach(thread -> roots.add(thread.root.id()));
        Set<EventId> joined = index.withChildrenOf(viewer.room(), roots, THREAD, viewer.user());
        for (Found found : threads) {
            Bundle before = bundles.getOrDefault(found.root.position(), Bundle.NONE);
            Bundle.ThreadSummary thread =
                    new Bundle.ThreadSummary(
                            found.latest,
                            ofLatest.getOrDefault(found.latest.position(), Bundle.NONE),
                            found.count,
                            found.root.sender().equals(viewer.user())
                                    || joined.contains(found.root.id()));
            bundles.put(
                    found.root.position(),
                    new Bundle(before.replacement(), Optional.of(thread), before.references()));
        }
    }

    /// The most recent edit that is valid ("Validity of replacement events"); none of an event that
    /// was redacted.
    private Optional<StoredEvent> replacement(Viewer viewer, StoredEvent original) {
        if (original.redactedBy().isPresent() || is(original, REPLACE)) {
            return Optional.empty();
        }
        List<Long> candidates =
                index.replacements(
                        viewer.room(),
                        original.id(),
                        original.sender(),
                        original.type(),
                        viewer.last(),
                        LOOK_BACK_MAX);
        return events.events(candidates).stream()
                .filter(edit -> !edit.isState())
                .filter(Aggregations::hasNewContent)
                .filter(viewer.shows())
                .min(RECENT_FIRST);
    }

    /// The new content of an encrypted edit lies where the server cannot see it.
    private static boolean hasNewContent(StoredEvent edit) {
        return edit.type().equals(EventType.ENCRYPTED)
                || edit.content().object("m.new_content").isPresent();
    }

    private List<EventId> references(Viewer viewer, StoredEvent parent) {
        List<Long> children =
                index.children(
                        viewer.room(),
                        parent.id(),
                        RelationIndex.Wanted.of(REFERENCE, viewer.ignored()),
                        new Range(Long.MIN_VALUE, viewer.last()),
                        Direction.FORWARDS,
                        REFERENCES_MAX);
        return events.events(children).stream()
                .filter(viewer.shows())
                .map(StoredEvent::id)
                .toList();
    }

    /// The latest event of a thread, and how many it has. What relates to an event itself is no
    /// root.
    private Optional<Found> latest(Viewer viewer, StoredEvent root, Group group) {
        if (Relation.of(root.content()).isPresent()) {
            return Optional.empty();
        }
        Optional<StoredEvent> last =
                events.events(List.of(group.latest())).stream()
                        .filter(viewer.shows())
                        .findFirst()
                        .or(() -> before(viewer, root));
        return last.map(event -> new Found(root, event, group.count()));
    }

    private Optional<StoredEvent> before(Viewer viewer, StoredEvent root) {
        List<Long> children =
                index.children(
                        viewer.room(),
                        root.id(),
                        RelationIndex.Wanted.of(THREAD, viewer.ignored()),
                        new Range(Long.MIN_VALUE, viewer.last()),
                        Direction.BACKWARDS,
                        LOOK_BACK_MAX);
        return events.events(children).reversed().stream().filter(viewer.shows()).findFirst();
    }

    private static boolean is(StoredEvent event, String type) {
        return Relation.of(event.content()).filter(it -> it.type().equals(type)).isPresent();
    }
}
