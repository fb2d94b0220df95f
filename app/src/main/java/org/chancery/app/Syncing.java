package org.chancery.app;

import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chancery.homeserver.ephemeral.EphemeralCount;
import org.chancery.homeserver.ephemeral.LocalMembers;
import org.chancery.homeserver.ephemeral.OwnReceipts;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.ephemeral.ReadMarkers;
import org.chancery.homeserver.ephemeral.Receipts;
import org.chancery.homeserver.ephemeral.Typing;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.push.Notifications;
import org.chancery.homeserver.push.PushBell;
import org.chancery.homeserver.push.PushRules;
import org.chancery.homeserver.push.UnreadCounts;
import org.chancery.homeserver.sync.Assembler;
import org.chancery.homeserver.sync.SyncService;

/// What clients are told, and what they say of themselves while they listen.
record Syncing(
        SyncService service,
        Receipts receipts,
        ReadMarkers readMarkers,
        Typing typing,
        Presence presence,
        PushRules pushRules,
        Notifications notifications,
        UnreadCounts counts,
        OwnReceipts ownReceipts,
        LocalMembers members,
        ScheduledExecutorService beat)
        implements AutoCloseable {
    private static final long BEAT_MILLIS = 1_000;

    static Syncing of(
            Config config,
            Stores stores,
            Journal journal,
            Wakeups wakeups,
            EventLog log,
            Encryption encryption,
            PushBell bell,
            InstantSource clock) {
        EventStore events = stores.events();
        StateStore states = stores.states();
        StateHistory history = stores.reading().history();
        EphemeralCount count = new EphemeralCount(clock);
        LocalMembers members = new LocalMembers(log.recent(), states, journal, config.serverName());
        Typing typing = new Typing(events, members, count, wakeups, clock);
        Presence presence = new Presence(config.unsafeTestProfile(), states, count, wakeups, clock);
        PushRules rules = new PushRules(encryption.kept().data());
        OwnReceipts own = new OwnReceipts(stores.reading().receipts());
        UnreadCounts counts = new UnreadCounts(log.recent(), events, states, history, own, rules);
        Assembler assembler =
                new Assembler(
                        new Assembler.Stores(
                                events,
                                states,
                                history,
                                stores.reading().receipts(),
                                log.recent(),
                                log.memberships()),
                        new Assembler.Devices(
                                encryption.lists(), encryption.inbox(), encryption.counts()),
                        new Assembler.Live(typing, presence),
                        encryption.kept().data(),
                        new Assembler.Push(rules, counts));
        return new Syncing(
                new SyncService(assembler, journal, wakeups, count, presence, clock),
                new Receipts(
                        stores.reading().receipts(),
                        own,
                        events,
                        members,
                        journal,
                        clock,
                        bell::read),
                new ReadMarkers(encryption.kept().data(), events, members),
                typing,
                presence,
                rules,
                new Notifications(log.recent(), events, states, history, own, rules, journal),
                counts,
                own,
                members,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("beat").daemon().factory()));
    }

    /// Begins to look once a second for those who stopped typing without saying so.
    void start() {
        ScheduledFuture<?> _ =
                beat.scheduleAtFixedRate(
                        typing::expire, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Sends away who waits, so that the doors can close.
    @Override
    public void close() {
        beat.shutdownNow();
        service.close();
    }
}
