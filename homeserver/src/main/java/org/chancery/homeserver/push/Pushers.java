package org.chancery.homeserver.push;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.homeserver.push.Pusher.Standing;
import org.chancery.homeserver.sessions.DeviceListener;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// The pushers of users (client-server API, `POST /pushers/set`). A pusher goes with the session
/// that made it, in the same transaction.
///
/// # Life of a Web Push pusher
/// Whoever knows the address of somebody's browser could let this server write to it. So a pusher
/// of
/// that kind is first told nothing but a token; the client that receives it shows it within five
/// minutes ([#activate]), and from then on the pusher is told of events (MSC4174).
public final class Pushers implements DeviceListener {
    /// How many a user may have; of more the one goes that was not set for longest.
    static final int OF_USER_MAX = 50;

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final PusherStore store;
    private final Map<Kind, PushGateway> gateways;
    private final PushBell bell;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;
    private final AtomicLong changes = new AtomicLong();
    private volatile @Nullable Owners owners;

    /// Who has pushers, as known after so many changes.
    private record Owners(long changes, Set<UserId> users) {}

    /// @param gateways the ways that this server goes; a kind without one is refused
    public Pushers(
            PusherStore store,
            Map<Kind, PushGateway> gateways,
            PushBell bell,
            Journal journal,
            Secrets secrets,
            InstantSource clock) {
        this.store = store;
        this.gateways = Map.copyOf(gateways);
        this.bell = bell;
        this.journal = journal;
        this.secrets = secrets;
        this.clock = clock;
    }

    /// What a client asks for.
    public record Wish(
            UserId user,
            DeviceId device,
            Kind kind,
            Pusher.Key key,
            Pusher.Label label,
            JsonObject data) {}

    /// The user's pushers.
    public List<Pusher> of(UserId user) {
        return store.of(user);
    }

    /// Makes a pusher, or changes the user's one with that key.
    ///
    /// @param append whether other users may keep theirs with that key
    /// @return whether it is new, or leads to another place than before
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM`
    public boolean set(Wish wish, boolean append) {
        PushGateway gateway = gateways.get(wish.kind());
        if (gateway == null) {
            throw new MatrixError.InvalidParam("This server has no pushers of that kind")
                    .asException();
        }
        Pusher wanted = pusher(wish);
        gateway.require(wanted);
        boolean isNew = journal.commit(Changes.of(tx -> put(tx, wanted, append)));
        changes.incrementAndGet();
        bell.ring();
        return isNew;
    }

    private Pusher pusher(Wish wish) {
        boolean atOnce = wish.kind() == Kind.HTTP;
        return new Pusher(
                secrets.token(),
                wish.user(),
                wish.device(),
                wish.kind(),
                wish.key(),
                wish.label(),
                wish.data(),
                new Standing(clock.millis(), journal.durable(), atOnce));
    }

    private boolean put(Tx tx, Pusher wanted, boolean append) {
        if (!append) {
            store.ofOthers(tx, wanted.key(), wanted.user())
                    .forEach(other -> store.delete(tx, other.id()));
        }
        List<Pusher> all = store.of(tx, wanted.user());
        Optional<Pusher> before =
                all.stream().filter(it -> it.key().equals(wanted.key())).findFirst();
        if (before.filter(wanted::leadsTo).isPresent()) {
            store.put(tx, kept(before.get(), wanted));
            return false;
        }
        before.ifPresent(it -> store.delete(tx, it.id()));
        if (before.isEmpty() && all.size() >= OF_USER_MAX) {
            store.delete(tx, all.getFirst().id());
        }
        store.put(tx, wanted);
        if (!wanted.standing().activated()) {
            askForProof(tx, wanted);
        }
        return true;
    }

    /// The same pusher under its new names.
    private static Pusher kept(Pusher before, Pusher wanted) {
        return new Pusher(
                before.id(),
                before.user(),
                wanted.device(),
                before.kind(),
                before.key(),
                wanted.label(),
                wanted.data(),
                before.standing());
    }

    private void askForProof(Tx tx, Pusher pusher) {
        long now = clock.millis();
        String token = secrets.token();
        store.token(tx, pusher.id(), new PusherStore.Token(token, now + TOKEN_LIFE.toMillis()));
        JsonObject message = JsonObject.of("app_id", pusher.key().appId()).with("ack_token", token);
        store.add(tx, new Notice(pusher.id(), Notice.VALIDATION, message, now), 1);
    }

    /// What showing a token comes to.
    public enum Activation {
        ACTIVATED,
        /// There is no pusher of that app.
        NO_PUSHER,
        /// The token is not one of them.
        UNKNOWN,
        EXPIRED
    }

    /// The client has received the token that was sent to one of its pushers.
    public Activation activate(UserId user, String appId, String token) {
        Activation result = journal.commit(Changes.of(tx -> activate(tx, user, appId, token)));
        changes.incrementAndGet();
        return result;
    }

    private Activation activate(Tx tx, UserId user, String appId, String token) {
        List<Pusher> ofApp =
                store.of(tx, user).stream().filter(it -> it.key().appId().equals(appId)).toList();
        for (Pusher pusher : ofApp) {
            Optional<PusherStore.Token> known =
                    store.token(tx, pusher.id()).filter(it -> it.text().equals(token));
            if (known.isPresent()) {
                if (known.get().expiresTs() <= clock.millis()) {
                    return Activation.EXPIRED;
                }
                store.put(tx, pusher.activated(journal.durable()));
                return Activation.ACTIVATED;
            }
        }
        return ofApp.isEmpty() ? Activation.NO_PUSHER : Activation.UNKNOWN;
    }

    /// Takes a pusher away; nothing happens if there is none.
    public void delete(UserId user, Pusher.Key key) {
        journal.commit(
                Changes.of(
                        tx -> {
                            store.of(tx, user).stream()
                                    .filter(it -> it.key().equals(key))
                                    .forEach(it -> store.delete(tx, it.id()));
                            return true;
                        }));
        changes.incrementAndGet();
    }

    @Override
    public void deviceGone(Tx tx, UserId user, DeviceId device, long position) {
        store.deleteOf(tx, user, device);
    }

    /// Who has pushers, and perhaps somebody who had some a moment ago.
    Set<UserId> owners() {
        long now = changes.get();
        Owners known = owners;
        if (known == null || known.changes != now) {
            known = new Owners(now, Set.copyOf(store.owners()));
            owners = known;
        }
        return known.users;
    }
}
