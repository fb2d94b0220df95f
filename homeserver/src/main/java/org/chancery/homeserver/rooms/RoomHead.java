package org.chancery.homeserver.rooms;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.SnapshotRef;
import org.chancery.homeserver.events.StateRow;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.authrules.PowerLevels;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// Where a room stands: what the next event is built on. It runs ahead of the disk by the events
/// that have been submitted but not committed; if one of those is refused the head is dropped and
/// loaded anew. Guarded by the room's lock, but for [#dropped].
final class RoomHead implements AuthState, Append.Head {
    /// A full copy of the state is written when the chain of differences is longer than the state,
    /// but not below this length.
    private static final int CHAIN_LENGTH_MIN = 32;

    private static final int PDU_SIZE = 8; // An event in memory beside its row in the state.
    private static final int GROWTH_MIN = 64;
    private static final int EXTREMITIES_MAX = 20; // prev_events of a PDU

    private static final class Entry {
        final StateRow row;
        @Nullable Pdu pdu;

        Entry(StateRow row, @Nullable Pdu pdu) {
            this.row = row;
            this.pdu = pdu;
        }
    }

    /// An event on its way to the disk.
    record Sending(EventId id, Pending<Long> pending) {}

    private final RoomRef room;
    private final ServerName server;
    private final Function<Collection<Long>, List<Pdu>> stored;
    private final Map<StateKey, Entry> state = new HashMap<>();
    private final Set<UserId> localJoined = new HashSet<>();
    private final LinkedHashMap<Transaction, Sending> sending = new LinkedHashMap<>();
    private List<EventStore.Extremity> extremities = List.of();
    private @Nullable Pdu latest;
    private @Nullable SnapshotRef snapshot;
    private @Nullable PowerLevels powerLevels;
    private @Nullable List<UserId> audience;
    private @Nullable Pending<Long> lastPending;
    private int pdusHeld;
    private volatile int weight;
    private volatile boolean dropped;

    /// The head of a room that has no event yet.
    ///
    /// @param stored reads the signed forms of stored events
    RoomHead(RoomRef room, ServerName server, Function<Collection<Long>, List<Pdu>> stored) {
        this.room = room;
        this.server = server;
        this.stored = stored;
    }

    /// The head of a stored room.
    static RoomHead stored(
            RoomRef room,
            ServerName server,
            EventStore events,
            SnapshotRef snapshot,
            List<StateRow> current) {
        RoomHead head = new RoomHead(room, server, events::pdus);
        head.extremities = events.forwardExtremities(room);
        head.snapshot = snapshot;
        for (StateRow row : current) {
            head.state.put(row.key(), new Entry(row, null));
            head.countMember(row);
        }
        return head;
    }

    RoomRef room() {
        return room;
    }

    RoomVersion version() {
        return room.version();
    }

    @Nullable SnapshotRef snapshot() {
        return snapshot;
    }

    List<EventRef> prevEvents() {
        return extremities.stream()
                .limit(EXTREMITIES_MAX)
                .map(EventStore.Extremity::event)
                .toList();
    }

    /// The signed forms of [#prevEvents].
    List<Pdu> prevPdus() {
        return latest != null
                ? List.of(latest)
                : stored.apply(prevEvents().stream().map(EventRef::position).toList());
    }

    /// The depth of the next event (Server-Server API, PDU `depth`).
    long nextDepth() {
        long depth = 0;
        for (EventStore.Extremity extremity : extremities) {
            depth = Math.max(depth, extremity.depth());
        }
        return depth + 1;
    }

    @Override
    public @Nullable Pdu get(StateKey key) {
        Entry entry = state.get(key);
        if (entry == null) {
            return null;
        }
        Pdu pdu = entry.pdu;
        if (pdu == null) {
            pdu = stored.apply(List.of(entry.row.event().position())).getFirst();
            entry.pdu = pdu;
            pdusHeld++;
        }
        return pdu;
    }

    @Override
    public PowerLevels powerLevels(RoomVersion version) {
        PowerLevels known = powerLevels;
        if (known == null) {
            known = AuthState.super.powerLevels(version);
            powerLevels = known;
        }
        return known;
    }

    @Override
    public Membership membership(UserId user) {
        Entry entry = state.get(StateKey.member(user));
        return entry == null
                ? Membership.LEAVE
                : entry.row.membership().flatMap(Membership::of).orElse(Membership.LEAVE);
    }

    Optional<EventRef> event(StateKey key) {
        return Optional.ofNullable(state.get(key)).map(entry -> entry.row.event());
    }

    /// The users of this server who are in the room.
    Collection<UserId> localMembers() {
        List<UserId> members = audience;
        if (members == null) {
            members = List.copyOf(localJoined);
            audience = members;
        }
        return members;
    }

    /// All users who are in the room, of whatever server.
    Collection<UserId> joined() {
        List<UserId> users = new ArrayList<>();
        state.forEach(
                (key, entry) -> {
                    if (isJoined(entry.row)) {
                        users.add(UserId.parse(key.key()));
                    }
                });
        return users;
    }

    /// What the transaction is about to send, while that is not durable.
    Optional<Sending> sending(Transaction transaction) {
        return Optional.ofNullable(sending.get(transaction));
    }

    /// Bounded by the journal's queue: what has settled is forgotten here, as the store knows it.
    void remember(Transaction transaction, Sending sent) {
        while (!sending.isEmpty() && sending.firstEntry().getValue().pending().settled()) {
            sending.pollFirstEntry();
        }
        sending.put(transaction, sent);
    }

    /// The latest run built on this head, with which all earlier ones are durable.
    Pending<Long> lastPending() {
        return lastPending == null ? Pending.done(0L) : lastPending;
    }

    void submitted(Pending<Long> pending) {
        lastPending = pending;
    }

    /// The event in force there lost its content.
    void redacted(Pdu pdu) {
        if (pdu.stateKey() != null) {
            StateKey key = new StateKey(pdu.type(), pdu.stateKey());
            Entry entry = state.get(key);
            if (entry != null && entry.row.event().id().equals(pdu.eventId())) {
                pdusHeld += entry.pdu == null ? 1 : 0;
                entry.pdu = pdu;
                powerLevels = null;
            }
        }
    }

    /// Moves the head over an event that has been allowed.
    ///
    /// @return how it changes the state
    Optional<Append.StateStep> advance(Pdu pdu, EventRef event) {
        extremities = List.of(new EventStore.Extremity(event, pdu.depth()));
        latest = pdu;
        String key = pdu.stateKey();
        return key == null
                ? Optional.empty()
                : Optional.of(change(new StateKey(pdu.type(), key), pdu, event));
    }

    private Append.StateStep change(StateKey key, Pdu pdu, EventRef event) {
        Optional<String> membership =
                key.type().equals("m.room.member")
                        ? pdu.content().string("membership")
                        : Optional.empty();
        StateRow row = new StateRow(key, event, membership);
        Optional<EventRef> replaced = event(key);
        Entry before = state.put(key, new Entry(row, pdu));
        pdusHeld += before == null || before.pdu == null ? 1 : 0;
        powerLevels = null;
        countMember(row);
        Optional<SnapshotRef> parent = Optional.ofNullable(snapshot).filter(this::isShort);
        SnapshotRef after = SnapshotRef.pending(parent.map(it -> it.chainLength() + 1).orElse(0));
        snapshot = after;
        List<StateRow> rows =
                parent.isPresent()
                        ? List.of(row)
                        : state.values().stream().map(entry -> entry.row).toList();
        return new Append.StateStep(row, replaced, after, parent, rows);
    }

    /// Whether one more difference may be laid over the snapshot.
    private boolean isShort(SnapshotRef base) {
        return base.chainLength() < Math.max(CHAIN_LENGTH_MIN, state.size());
    }

    private void countMember(StateRow row) {
        if (!row.key().type().equals("m.room.member")) {
            return;
        }
        UserId user = UserId.parse(row.key().key());
        if (user.server().equals(server)) {
            audience = null;
            if (isJoined(row)) {
                localJoined.add(user);
            } else {
                localJoined.remove(user);
            }
        }
    }

    private static boolean isJoined(StateRow row) {
        return row.membership().filter("join"::equals).isPresent();
    }

    /// What the head holds, in entries of the state.
    int size() {
        return 1 + state.size() + sending.size() + PDU_SIZE * pdusHeld;
    }

    /// Notes the size as that by which the head is weighed.
    void weigh() {
        weight = size();
    }

    /// The size when it was last weighed.
    int weight() {
        return weight;
    }

    /// Whether it has grown by a quarter since it was weighed.
    boolean hasOutgrownItsWeight() {
        return size() - weight > Math.max(GROWTH_MIN, weight / 4);
    }

    @Override
    public boolean dropped() {
        return dropped;
    }

    @Override
    public void drop() {
        dropped = true;
    }
}
