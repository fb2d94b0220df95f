package org.chancery.homeserver.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.chancery.homeserver.ephemeral.EphemeralCount;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// Answers `/sync`: at once if there is something to tell, else as soon as there is, or when the
/// client's time is over (client-server API, "Syncing").
public final class SyncService implements AutoCloseable {
    /// Longer no client waits, whatever it asks for.
    public static final Duration TIMEOUT_MAX = Duration.ofSeconds(60);

    private final Assembler assembler;
    private final Journal journal;
    private final Wakeups wakeups;
    private final EphemeralCount ephemeral;
    private final Presence presence;
    private final InstantSource clock;
    private volatile boolean closing;

    public SyncService(
            Assembler assembler,
            Journal journal,
            Wakeups wakeups,
            EphemeralCount ephemeral,
            Presence presence,
            InstantSource clock) {
        this.assembler = assembler;
        this.journal = journal;
        this.wakeups = wakeups;
        this.ephemeral = ephemeral;
        this.presence = presence;
        this.clock = clock;
    }

    /// The answer to a request; waits as long as the request allows.
    ///
    /// @throws MatrixException `M_UNKNOWN_POS` if the token is of a time that this server has not
    ///     seen, as after it was set back to a backup
    public SyncAnswer sync(SyncRequest request) {
        long since = request.since().map(SyncToken::position).orElse(0L);
        refuseUnseen(since);
        assembler.acknowledge(request);
        presence.seen(request.user(), request.presence());
        try (Wakeups.Bell bell = wakeups.bell(request.user())) {
            SyncToken upTo = now();
            Optional<Wakeups.Changes> changes = wakeups.since(request.user(), since);
            if (mayWait(request) && isUntouched(request, changes, upTo)) {
                return waited(request, bell, upTo);
            }
            SyncAnswer answer = assembler.assemble(new Span(request, upTo, changes));
            return mayWait(request) && answer.isEmpty() ? waited(request, bell, upTo) : answer;
        }
    }

    /// Whether it is known that the device has everything, so that nothing needs to be read.
    private static boolean isUntouched(
            SyncRequest request, Optional<Wakeups.Changes> changes, SyncToken upTo) {
        SyncToken since = request.since().orElseThrow();
        return since.toDevice() == since.position()
                && changes.isPresent()
                && isUntouched(changes.get(), since, upTo);
    }

    /// Whose devices changed between two tokens, as a sync between them would tell (client-server
    /// API, "GET /keys/changes").
    ///
    /// @throws MatrixException `M_UNKNOWN_POS` as with a sync
    public DeviceListChanges deviceChanges(
            UserId user, DeviceId device, SyncToken from, SyncToken to) {
        refuseUnseen(from.position());
        refuseUnseen(to.position());
        if (to.position() <= from.position()) {
            return DeviceListChanges.NONE;
        }
        SyncRequest request =
                new SyncRequest(
                        user,
                        device,
                        Optional.of(from),
                        Filter.ALL,
                        false,
                        false,
                        Duration.ZERO,
                        "offline");
        return assembler.deviceChanges(new Span(request, to, wakeups.since(user, from.position())));
    }

    private void refuseUnseen(long position) {
        if (position > journal.durable()) {
            throw new MatrixError.UnknownPos("This server does not know that token; sync anew")
                    .asException();
        }
    }

    /// Sends everybody who waits away with an empty answer; nobody waits any more.
    @Override
    public void close() {
        closing = true;
        wakeups.wakeAll();
    }

    private static boolean mayWait(SyncRequest request) {
        return request.since().isPresent()
                && !request.fullState()
                && request.timeout().isPositive();
    }

    /// Sleeps until something touches the user. Up to `seen` there is nothing to tell, so only what
    /// came after it is looked at; what touches others costs nothing.
    private SyncAnswer waited(SyncRequest request, Wakeups.Bell bell, SyncToken first) {
        SyncToken seen = first;
        Duration timeout =
                request.timeout().compareTo(TIMEOUT_MAX) > 0 ? TIMEOUT_MAX : request.timeout();
        Instant deadline = clock.instant().plus(timeout);
        boolean rang = true;
        while (rang) {
            rang = !closing && rings(bell, Duration.between(clock.instant(), deadline));
            SyncToken upTo = now();
            Optional<Wakeups.Changes> changes = wakeups.since(request.user(), seen.position());
            rang &= !closing;
            if (rang && changes.isPresent() && isUntouched(changes.get(), seen, upTo)) {
                continue;
            }
            SyncAnswer answer = assembler.assemble(new Span(request, upTo, changes));
            if (!rang || !answer.isEmpty()) {
                return answer;
            }
            seen = upTo;
        }
        throw new AssertionError("the last round returns");
    }

    private static boolean rings(Wakeups.Bell bell, Duration left) {
        try {
            return left.isPositive() && bell.await(left);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isUntouched(Wakeups.Changes changes, SyncToken seen, SyncToken upTo) {
        if (seen.ephemeral() != upTo.ephemeral()) {
            return false;
        }
        for (Stream stream : Stream.values()) {
            if (changes.touched(stream)) {
                return false;
            }
        }
        return true;
    }

    /// The in-memory count is read first: what is told of it may be newer than the token, never
    /// older.
    private SyncToken now() {
        long live = ephemeral.last();
        return SyncToken.of(journal.durable(), live);
    }
}
