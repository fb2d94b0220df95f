package org.chancery.homeserver.sessions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Says whose an access token is. This is the hot path of every request: a hash and a look-up in
/// memory, and once a minute per device a note of when it was seen, which nobody waits for.
public final class Authentication {
    private static final Logger LOG = System.getLogger(Authentication.class.getName());
    private static final long TOKENS_MAX = 200_000;
    private static final Duration IDLE_MAX = Duration.ofMinutes(30);
    private static final long SEEN_EVERY_MILLIS = 60_000;

    private final SessionStore store;
    private final Journal journal;
    private final InstantSource clock;
    private final Cache<String, Known> known =
            Caffeine.newBuilder().maximumSize(TOKENS_MAX).expireAfterAccess(IDLE_MAX).build();

    private record Known(Session session, long expiresTs, boolean fresh, AtomicLong seenTs) {}

    public Authentication(SessionStore store, Journal journal, InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.clock = clock;
    }

    /// Whose token it is. The session may be of a locked account; then it may only log out.
    ///
    /// @param ip from where it is used
    /// @throws MatrixException `M_UNKNOWN_TOKEN`, soft where the token is only expired
    public Session authenticate(String token, String ip) {
        String hash = Secrets.hash(token);
        Known found = lookUp(hash);
        if (found == null) {
            throw new MatrixError.UnknownToken("Unknown access token", false).asException();
        }
        long now = clock.millis();
        if (now >= found.expiresTs()) {
            throw new MatrixError.UnknownToken("The access token has expired", true).asException();
        }
        if (found.fresh()) {
            confirm(hash, now);
        }
        noteSeen(found, now, ip);
        return found.session();
    }

    /// The loader holds the key's lock, so that [#forget] cannot fall between reading and keeping.
    @SuppressWarnings("NullAway") // A loader that answers null keeps nothing.
    private @Nullable Known lookUp(String hash) {
        return known.get(hash, this::load);
    }

    private @Nullable Known load(String hash) {
        return store.grant(hash)
                .map(
                        grant ->
                                new Known(
                                        grant.session(),
                                        grant.expiresTs().orElse(Long.MAX_VALUE),
                                        grant.fresh(),
                                        new AtomicLong(grant.seenTs())))
                .orElse(null);
    }

    /// The first use of a refreshed pair ends the pair before it (client-server API, "Refreshing
    /// access tokens").
    private void confirm(String hash, long now) {
        List<String> changed = journal.commit(Changes.of(tx -> confirm(tx, hash, now)));
        forget(changed);
    }

    private List<String> confirm(Tx tx, String hash, long now) {
        SessionStore.Owner owner = store.owner(tx, hash).orElse(null);
        if (owner == null || owner.refresh() == null) {
            return List.of(hash);
        }
        List<String> changed = store.accessHashes(tx, owner.user(), owner.device());
        store.confirm(tx, owner.user(), owner.device(), owner.refresh(), now);
        return changed;
    }

    private void noteSeen(Known found, long now, String ip) {
        long before = found.seenTs().get();
        if (now - before < SEEN_EVERY_MILLIS || !found.seenTs().compareAndSet(before, now)) {
            return;
        }
        Session session = found.session();
        try {
            journal.submit(
                    Changes.of(
                            tx -> {
                                store.seen(tx, session.user(), session.device(), now, ip);
                                return true;
                            }));
        } catch (MatrixException | StoreFailure e) { // Not worth failing a request.
            LOG.log(Level.DEBUG, "a device was seen, but that could not be noted", e);
        }
    }

    /// Takes tokens out of memory, after the change that ended or altered them is durable.
    void forget(Collection<String> hashes) {
        hashes.forEach(known::invalidate);
    }

    /// Takes every token of the user out of memory, as the account has other powers now.
    void forget(UserId user) {
        forget(store.accessHashes(user));
    }
}
