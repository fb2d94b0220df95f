package org.chancery.homeserver.ephemeral;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.id.UserId;

/// Who is there (client-server API, "Presence"). In memory, and off unless the operator wants it:
/// each change concerns everyone who shares a room with the user, so that its cost grows with the
/// square of the number of users.
public final class Presence {
    private static final int USERS_MAX = 200_000;

    /// So long after the last sign of life a user still counts as active.
    private static final Duration ACTIVE = Duration.ofMinutes(1);

    private record Known(long changed, Status status, Collection<UserId> peers) {}

    /// What is known of a user.
    ///
    /// @param state `online`, `unavailable` or `offline`
    /// @param message what the user says of it
    /// @param lastActive when the user was last there
    public record Status(String state, Optional<String> message, Instant lastActive) {
        /// Whether the user was there just now.
        public boolean isActive(Instant now) {
            return state.equals("online") && lastActive.plus(ACTIVE).isAfter(now);
        }
    }

    private final boolean enabled;
    private final StateStore states;
    private final EphemeralCount count;
    private final Wakeups wakeups;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<UserId, Known> users = new LinkedHashMap<>();

    public Presence(
            boolean enabled,
            StateStore states,
            EphemeralCount count,
            Wakeups wakeups,
            InstantSource clock) {
        this.enabled = enabled;
        this.states = states;
        this.count = count;
        this.wakeups = wakeups;
        this.clock = clock;
    }

    /// The user says how things stand.
    public void set(UserId user, String state, Optional<String> message) {
        if (enabled) {
            change(user, new Status(state, message, clock.instant()));
        }
    }

    /// The user's client syncs, which is a sign of life unless it says `offline`; tells others only
    /// what is new to them.
    public void seen(UserId user, String state) {
        if (!enabled || state.equals("offline")) {
            return;
        }
        Optional<Status> known = of(user);
        Optional<String> message = known.flatMap(Status::message);
        if (known.filter(it -> it.state().equals(state)).isEmpty()) {
            change(user, new Status(state, message, clock.instant()));
        }
    }

    /// What is known of the user.
    public Optional<Status> of(UserId user) {
        lock.lock();
        try {
            return Optional.ofNullable(users.get(user)).map(Known::status);
        } finally {
            lock.unlock();
        }
    }

    /// Whether they share a room, so that one may know of the other.
    public boolean mayKnow(UserId viewer, UserId user) {
        return viewer.equals(user) || states.peers(viewer).contains(user);
    }

    /// The users whose presence changed after `since` and concerns the viewer.
    public List<UserId> changed(UserId viewer, long since) {
        if (!enabled || count.last() <= since) {
            return List.of();
        }
        lock.lock();
        try {
            List<UserId> changed = new ArrayList<>();
            for (var entry : users.sequencedEntrySet().reversed()) {
                Known known = entry.getValue();
                if (known.changed <= since) {
                    break;
                }
                if (entry.getKey().equals(viewer) || known.peers.contains(viewer)) {
                    changed.add(entry.getKey());
                }
            }
            return changed;
        } finally {
            lock.unlock();
        }
    }

    private void change(UserId user, Status status) {
        Collection<UserId> peers = Set.copyOf(states.peers(user));
        lock.lock();
        try {
            users.remove(user);
            users.putLast(user, new Known(count.next(), status, peers));
            if (users.size() > USERS_MAX) {
                users.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
        wakeups.wake(peers);
    }
}
