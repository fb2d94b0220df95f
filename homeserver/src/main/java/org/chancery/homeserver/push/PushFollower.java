package org.chancery.homeserver.push;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.ephemeral.LocalMembers;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.Follower;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.pushrules.Actions;

/// Finds the events of which somebody's pushers are to be told, and notes that durably. Telling is
/// the business of [PushSender], which may take as long as it takes.
public final class PushFollower implements Follower<StoredEvent> {
    /// What a pusher that cannot be reached is still to be told at most.
    static final int NOTICES_MAX = 50;

    private static final String IGNORED = "m.ignored_user_list";

    /// What an event is judged by.
    public record Sight(
            RecentEvents recent,
            EventStore events,
            StateStore states,
            StateHistory history,
            LocalMembers members,
            AccountData data) {}

    private final Pushers pushers;
    private final PusherStore store;
    private final PushRules rules;
    private final Sight sight;
    private final RoomFacts facts;
    private final PushBell bell;
    private final InstantSource clock;

    public PushFollower(
            Pushers pushers,
            PusherStore store,
            PushRules rules,
            Sight sight,
            PushBell bell,
            InstantSource clock) {
        this.pushers = pushers;
        this.store = store;
        this.rules = rules;
        this.sight = sight;
        this.facts = new RoomFacts(sight.recent, sight.events, sight.states, sight.history);
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "push";
    }

    @Override
    public Optional<Derived> follow(List<StoredEvent> batch) {
        Set<UserId> owners = pushers.owners();
        List<Notice> notices = new ArrayList<>();
        if (!owners.isEmpty()) {
            batch.forEach(event -> notices.addAll(of(event, owners)));
        }
        return notices.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        tx -> {
                            notices.forEach(notice -> store.add(tx, notice, NOTICES_MAX));
                            bell.ring();
                        });
    }

    private List<Notice> of(StoredEvent event, Set<UserId> owners) {
        if (!EventFlags.isNews(event.flags()) || event.redactedBy().isPresent()) {
            return List.of();
        }
        List<Notice> notices = new ArrayList<>();
        for (UserId user : concerned(event, owners)) {
            if (!user.equals(event.sender())) {
                notices.addAll(of(event, user));
            }
        }
        return notices;
    }

    private List<Notice> of(StoredEvent event, UserId user) {
        Actions actions =
                rules.of(user)
                        .evaluate(
                                facts.pushed(event, event.position()),
                                facts.displayName(event.room(), user));
        if (!actions.notifies() || ignores(user, event.sender())) {
            return List.of();
        }
        long now = clock.millis();
        return store.of(user).stream()
                .filter(it -> it.standing().activated())
                .filter(it -> it.standing().after() < event.position())
                .map(it -> new Notice(it.id(), event.position(), actions.tweaks(), now))
                .toList();
    }

    /// The users of this server who are in the room, and whom the event itself invites.
    private Collection<UserId> concerned(StoredEvent event, Set<UserId> owners) {
        List<UserId> users = new ArrayList<>();
        for (UserId user : sight.members.of(event.room())) {
            if (owners.contains(user)) {
                users.add(user);
            }
        }
        invited(event)
                .filter(owners::contains)
                .filter(user -> !users.contains(user))
                .ifPresent(users::add);
        return users;
    }

    private static Optional<UserId> invited(StoredEvent event) {
        if (!event.type().equals(EventType.MEMBER)
                || event.content().string("membership").filter("invite"::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return event.stateKey().map(UserId::parse);
        } catch (MalformedId e) {
            return Optional.empty(); // Nobody of ours.
        }
    }

    private boolean ignores(UserId user, UserId sender) {
        return sight.data
                .get(user, Optional.empty(), IGNORED)
                .flatMap(content -> content.object("ignored_users"))
                .orElse(JsonObject.EMPTY)
                .has(sender.toString());
    }
}
