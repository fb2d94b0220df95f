package org.chancery.homeserver.sessions;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Opens, refreshes and ends sessions. A session is a device with its tokens; when the device goes,
/// its keys and messages go in the same transaction.
///
/// # Life of a refresh token
/// A refresh makes a *fresh* pair in place of the old one, which stays good in case the answer got
/// lost. The first use of either new token *confirms* the pair: the old refresh token is spent and
/// the old access token over. Who then comes with the spent token shows that somebody has stolen
/// it, or has used a stolen one: the session is revoked, and whoever is honest logs in again
/// (client-server API, "Refreshing access tokens"; RFC 9700, 4.14.2).
public final class Sessions {
    static final int DEVICES_MAX = 1_000;

    private final SessionStore store;
    private final Authentication authentication;
    private final Journal journal;
    private final Secrets secrets;
    private final InstantSource clock;
    private final TokenLife life;
    private final List<DeviceListener> listeners;

    /// What a change took away.
    record Gone(UserId user, List<DeviceId> devices, List<String> tokens) {}

    /// What opening a session did.
    record Opened(Tokens tokens, Gone gone) {}

    public Sessions(
            SessionStore store,
            Authentication authentication,
            Journal journal,
            Secrets secrets,
            InstantSource clock,
            TokenLife life,
            List<DeviceListener> listeners) {
        this.store = store;
        this.authentication = authentication;
        this.journal = journal;
        this.secrets = secrets;
        this.clock = clock;
        this.life = life;
        this.listeners = List.copyOf(listeners);
    }

    /// Opens a session inside a transaction. A device that is there already loses its older tokens;
    /// who has too many devices loses the one that was not used for longest.
    Opened open(Tx tx, UserId user, Opening wish, long position) {
        DeviceId device = wish.device() == null ? new DeviceId(secrets.deviceId()) : wish.device();
        Gone gone = new Gone(user, new ArrayList<>(), new ArrayList<>());
        if (store.hasDevice(tx, user, device)) {
            gone.tokens().addAll(store.accessHashes(tx, user, device));
            store.deleteTokens(tx, user, device);
        } else {
            if (store.countDevices(tx, user) >= DEVICES_MAX) {
                store.leastSeen(tx, user).ifPresent(idle -> remove(tx, idle, position, gone));
            }
            store.insertDevice(tx, user, device, wish.displayName(), clock.millis());
        }
        return new Opened(issue(tx, user, device, wish.refreshable(), null), gone);
    }

    private Tokens issue(
            Tx tx, UserId user, DeviceId device, boolean refreshable, @Nullable String replaces) {
        String access = secrets.token();
        if (!refreshable) {
            store.insertPair(
                    tx,
                    user,
                    device,
                    new SessionStore.Pair(
                            Secrets.hash(access), OptionalLong.empty(), null, 0, null));
            return new Tokens(user, device, access, null, null);
        }
        String refresh = secrets.token();
        long now = clock.millis();
        store.insertPair(
                tx,
                user,
                device,
                new SessionStore.Pair(
                        Secrets.hash(access),
                        OptionalLong.of(now + life.access().toMillis()),
                        Secrets.hash(refresh),
                        now + life.refresh().toMillis(),
                        replaces));
        return new Tokens(user, device, access, refresh, life.access());
    }

    /// A new pair for a refresh token.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_UNKNOWN_TOKEN`
    public Tokens refresh(String refreshToken) {
        String hash = Secrets.hash(refreshToken);
        Refreshed refreshed = journal.commit(Changes.of(tx -> refresh(tx, hash)));
        authentication.forget(refreshed.changed());
        if (refreshed.tokens().isEmpty()) {
            throw new MatrixError.UnknownToken("The refresh token is not valid", true)
                    .asException();
        }
        return refreshed.tokens().getFirst();
    }

    /// @param tokens one, or none where the token was refused
    private record Refreshed(List<Tokens> tokens, List<String> changed) {}

    private Refreshed refresh(Tx tx, String hash) {
        SessionStore.Refresh old = store.refresh(tx, hash).orElse(null);
        if (old == null) {
            throw new MatrixError.UnknownToken("Unknown refresh token", false).asException();
        }
        UserId user = old.user();
        DeviceId device = old.device();
        List<String> changed = store.accessHashes(tx, user, device);
        long now = clock.millis();
        if (old.spent()) {
            store.revoke(tx, user, device);
            return new Refreshed(List.of(), changed);
        }
        if (now >= old.expiresTs()) {
            return new Refreshed(List.of(), List.of());
        }
        if (old.replaces() != null) {
            store.confirm(tx, user, device, hash, now);
        }
        store.deleteReplacementOf(tx, hash);
        return new Refreshed(List.of(issue(tx, user, device, true, hash)), changed);
    }

    /// The devices of a user.
    public List<Device> devices(UserId user) {
        return store.devices(user);
    }

    /// One device of a user.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND`
    public Device device(UserId user, DeviceId device) {
        return store.device(user, device)
                .orElseThrow(() -> new MatrixError.NotFound("No such device").asException());
    }

    List<DeviceId> devices(Tx tx, UserId user) {
        return store.devices(tx, user);
    }

    /// Ends the session and its device.
    public void logout(Session session) {
        remove(session.user(), List.of(session.device()));
    }

    /// Ends every session of the user.
    public void logoutAll(UserId user) {
        forget(
                journal.commit(
                        Changes.at(
                                (tx, position) ->
                                        remove(tx, user, store.devices(tx, user), position),
                                this::touches)));
    }

    /// Ends sessions by their devices; a device that is not there is passed over.
    public void remove(UserId user, Collection<DeviceId> devices) {
        forget(
                journal.commit(
                        Changes.at(
                                (tx, position) -> remove(tx, user, devices, position),
                                this::touches)));
    }

    /// Ends sessions inside a transaction; the caller must wake [#touches] and, after the commit,
    /// call [#forget].
    Gone remove(Tx tx, UserId user, Collection<DeviceId> devices, long position) {
        Gone gone = new Gone(user, new ArrayList<>(), new ArrayList<>());
        for (DeviceId device : devices) {
            if (store.hasDevice(tx, user, device)) {
                remove(tx, device, position, gone);
            }
        }
        return gone;
    }

    private void remove(Tx tx, DeviceId device, long position, Gone gone) {
        gone.devices().add(device);
        gone.tokens().addAll(store.accessHashes(tx, gone.user(), device));
        store.deleteDevice(tx, gone.user(), device);
        listeners.forEach(listener -> listener.deviceGone(tx, gone.user(), device, position));
    }

    /// Gives a device another name.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND`
    public void rename(UserId user, DeviceId device, String displayName) {
        Opening.requireFits(displayName);
        journal.commit(
                Changes.at(
                        (tx, position) -> {
                            if (!store.rename(tx, user, device, displayName)) {
                                throw new MatrixError.NotFound("No such device").asException();
                            }
                            listeners.forEach(one -> one.deviceRenamed(tx, user, device, position));
                            return new Gone(user, List.of(device), List.of());
                        },
                        this::touches));
    }

    List<Touch> touches(Gone gone) {
        if (gone.devices().isEmpty()) {
            return List.of();
        }
        return listeners.stream()
                .flatMap(one -> one.touches(gone.user(), gone.devices()).stream())
                .toList();
    }

    void forget(Gone gone) {
        authentication.forget(gone.tokens());
    }
}
