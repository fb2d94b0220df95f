package org.chancery.homeserver.rooms;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.events.EventFlags;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.NewEvent;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.homeserver.kernel.RoomLocks;
import org.chancery.protocol.authrules.AuthEvents;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.DraftEvent;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.MalformedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.roomversion.RoomVersion;

/// The only writer of rooms.
///
/// # Life of an event
/// Under the room's lock an event is built on the room's in-memory head (its forward extremities,
/// state and power levels), signed, judged by the authorization rules and then by the policy in
/// force, and *submitted*; the head moves over it and the lock is let go. Only then the caller
/// waits for the batch to be durable. So a room's events are submitted in the order in which they
/// refer to each other, and a hot room is bounded by signing, not by the disk.
///
/// The head runs ahead of the disk. If the log refuses a run, everything built on it is refused too
/// and the head is loaded anew.
public final class RoomWriter {
    /// Most rooms of one creator and one content that are made in one moment.
    private static final int SAME_CREATIONS_MAX = 1_000;

    private final EventLog log;
    private final EventStore events;
    private final RoomHeads heads;
    private final AuthRules rules;
    private final EventPolicy policy;
    private final RelationRules relations;
    private final Identity identity;
    private final InstantSource clock;
    private final RoomLocks locks = new RoomLocks();

    /// @param stores the log and what it wrote
    /// @param identity who signs
    public RoomWriter(
            Stores stores,
            AuthRules rules,
            EventPolicy policy,
            Identity identity,
            InstantSource clock) {
        this.log = stores.log();
        this.events = stores.events();
        this.heads =
                new RoomHeads(
                        stores.journal(), stores.events(), stores.states(), identity.server());
        this.rules = rules;
        this.policy = policy;
        this.relations = new RelationRules(stores.events());
        this.identity = identity;
        this.clock = clock;
    }

    /// The log and what it wrote.
    public record Stores(Journal journal, EventLog log, EventStore events, StateStore states) {}

    /// What a plan sees of the room while nobody else writes it.
    public interface View {
        RoomRef room();

        /// The state that the next event will be built on.
        AuthState state();

        /// Everybody in the room.
        Collection<UserId> joined();
    }

    /// Sends one event.
    ///
    /// @param transaction what the client called it; a repeated one gives the first event's id
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if a rule or the policy
    ///     denies it, `M_NOT_FOUND` if the target of a redaction is not there, `M_TOO_LARGE`,
    ///     `M_BAD_JSON`, `M_DUPLICATE_ANNOTATION`
    public EventId send(RoomId room, EventDraft draft, Optional<Transaction> transaction) {
        Sent sent = locks.holding(room, () -> submit(room, draft, transaction));
        sent.pending().await();
        return sent.id();
    }

    /// Sends what `plan` makes of the room as it stands: nothing, or events that are written
    /// together.
    ///
    /// @param also what is written in the same transaction
    /// @return the ids, in order
    public List<EventId> write(
            RoomId room, Function<View, List<EventDraft>> plan, Append.Also also) {
        Optional<Built> built =
                locks.holding(
                        room,
                        () -> {
                            RoomHead head = heads.get(room);
                            List<EventDraft> drafts = plan.apply(view(head));
                            return drafts.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(buildOnShared(head, drafts, also));
                        });
        built.ifPresent(it -> it.pending().await());
        return built.map(Built::ids).orElse(List.of());
    }

    /// Makes a room; its first draft is the creation.
    ///
    /// @param also what is written in the same transaction, told the new room's id
    public RoomId create(
            RoomVersion version, List<EventDraft> drafts, Function<RoomId, Append.Also> also) {
        for (int later = 0; later < SAME_CREATIONS_MAX; later++) {
            Pdu create = creation(version, drafts.getFirst(), later);
            RoomId id = create.roomId();
            Optional<Built> built =
                    locks.holding(
                            id,
                            () -> {
                                if (version.roomIdFromCreate() && heads.find(id).isPresent()) {
                                    return Optional.empty();
                                }
                                RoomHead head = heads.create(RoomRef.pending(id, version));
                                Built all = build(head, create, drafts, also.apply(id));
                                heads.put(head);
                                return Optional.of(all);
                            });
            if (built.isPresent()) {
                built.get().pending().await();
                return id;
            }
        }
        throw new MatrixError.LimitExceeded(Duration.ofMillis(SAME_CREATIONS_MAX)).asException();
    }

    /// The event that makes a room. Where the room is named by it, two that are alike would be one
    /// room: one of them is dated so many milliseconds later.
    private Pdu creation(RoomVersion version, EventDraft creation, int later) {
        DraftEvent draft =
                DraftEvent.of(
                                creation.sender(),
                                creation.type(),
                                creation.content(),
                                creation.timestamp().orElseGet(clock::millis) + later)
                        .state("");
        DraftEvent placed = version.roomIdFromCreate() ? draft : draft.in(identity.newRoomId());
        return sign(version, AssignedIds.name(placed, version, identity));
    }

    private record Sent(EventId id, Pending<Long> pending) {}

    private record Built(List<EventId> ids, Pending<Long> pending) {}

    private Sent submit(RoomId room, EventDraft draft, Optional<Transaction> transaction) {
        RoomHead head = heads.get(room);
        if (transaction.isPresent()) {
            Optional<Sent> before = repeated(head, transaction.get());
            if (before.isPresent()) {
                return before.get();
            }
        }
        Optional<Sent> same = unchanged(head, draft);
        if (same.isPresent()) {
            return same.get();
        }
        relations.require(head.room(), draft);
        try {
            Append.Step step = step(head, draft, transaction);
            Pending<Long> pending = append(head, false, List.of(step), Append.Also.NOTHING);
            relations.submitted(head.room(), draft, pending);
            EventId id = step.event().event().id();
            transaction.ifPresent(it -> head.remember(it, new RoomHead.Sending(id, pending)));
            return new Sent(id, pending);
        } catch (RuntimeException e) {
            heads.invalidate(room);
            throw e;
        }
    }

    private Optional<Sent> repeated(RoomHead head, Transaction transaction) {
        Optional<RoomHead.Sending> sending = head.sending(transaction);
        return sending.isPresent()
                ? sending.map(it -> new Sent(it.id(), it.pending()))
                : events.byTransaction(transaction).map(id -> new Sent(id, head.lastPending()));
    }

    /// The event in force, if the draft would set the same state again.
    private static Optional<Sent> unchanged(RoomHead head, EventDraft draft) {
        if (draft.stateKey() == null) {
            return Optional.empty();
        }
        Pdu current = head.get(new StateKey(draft.type(), draft.stateKey()));
        return current != null
                        && current.sender().equals(draft.sender())
                        && current.content().equals(draft.content())
                ? Optional.of(new Sent(current.eventId(), head.lastPending()))
                : Optional.empty();
    }

    private Built buildOnShared(RoomHead head, List<EventDraft> drafts, Append.Also also) {
        try {
            List<Append.Step> steps = new ArrayList<>();
            for (EventDraft draft : drafts) {
                steps.add(step(head, draft, Optional.empty()));
            }
            return built(steps, append(head, false, steps, also));
        } catch (RuntimeException e) {
            heads.invalidate(head.room().id());
            throw e;
        }
    }

    private Built build(RoomHead head, Pdu create, List<EventDraft> drafts, Append.Also also) {
        List<Append.Step> steps = new ArrayList<>();
        steps.add(judged(head, create, List.of(), Optional.empty(), Optional.empty()));
        for (EventDraft draft : drafts.subList(1, drafts.size())) {
            steps.add(step(head, draft, Optional.empty()));
        }
        return built(steps, append(head, true, steps, also));
    }

    private static Built built(List<Append.Step> steps, Pending<Long> pending) {
        return new Built(steps.stream().map(step -> step.event().event().id()).toList(), pending);
    }

    private Pending<Long> append(
            RoomHead head, boolean isNew, List<Append.Step> steps, Append.Also also) {
        Pending<Long> pending = log.append(new Append(head.room(), isNew, steps, also, head));
        head.submitted(pending);
        return pending;
    }

    private Append.Step step(RoomHead head, EventDraft draft, Optional<Transaction> transaction) {
        Optional<EventId> target = target(head.version(), draft);
        List<StateKey> keys =
                AuthEvents.select(
                        head.version(),
                        draft.sender(),
                        draft.type(),
                        draft.stateKey(),
                        draft.content());
        List<EventRef> auth = keys.stream().map(head::event).flatMap(Optional::stream).toList();
        DraftEvent event =
                draft(draft)
                        .in(head.room().id())
                        .after(ids(head.prevEvents()), head.nextDepth())
                        .authorizedBy(ids(auth));
        if (draft.stateKey() != null) {
            event = event.state(draft.stateKey());
        }
        if (target.isPresent()) {
            event = event.redacting(target.get());
        }
        event = AssignedIds.name(event, head, keys, identity);
        return judged(head, sign(head.version(), event), auth, target, transaction);
    }

    private DraftEvent draft(EventDraft draft) {
        return DraftEvent.of(
                draft.sender(),
                draft.type(),
                draft.content(),
                draft.timestamp().orElseGet(clock::millis));
    }

    /// Where a redaction names its target depends on the room version.
    private static Optional<EventId> target(RoomVersion version, EventDraft draft) {
        if (!draft.type().equals(EventType.REDACTION)) {
            return Optional.empty();
        }
        if (draft.redacts().isPresent() || !version.redactsInContent()) {
            return draft.redacts();
        }
        try {
            return draft.content().string("redacts").map(EventId::parse);
        } catch (MalformedId e) {
            throw new MatrixError.BadJson("redacts is no event ID").asException();
        }
    }

    private Append.Step judged(
            RoomHead head,
            Pdu pdu,
            List<EventRef> auth,
            Optional<EventId> target,
            Optional<Transaction> transaction) {
        require(rules.judge(pdu, head));
        require(policy.judge(pdu));
        Optional<Append.Redacted> redacts = target.map(id -> redacted(head, pdu, id));
        EventRef event = EventRef.pending(pdu.eventId());
        NewEvent appended =
                new NewEvent(
                        head.room(),
                        event,
                        pdu,
                        new NewEvent.Links(head.prevEvents(), auth, head.snapshot()),
                        EventFlags.NONE,
                        transaction);
        Optional<Append.StateStep> state = head.advance(pdu, event);
        return new Append.Step(appended, state, redacts, audience(head, pdu));
    }

    /// A redaction takes effect if its sender sent the target or has the level to redact others.
    private Append.Redacted redacted(RoomHead head, Pdu redaction, EventId target) {
        return Redactions.of(events, head, redaction, target);
    }

    private Collection<UserId> audience(RoomHead head, Pdu pdu) {
        Collection<UserId> members = head.localMembers();
        if (!pdu.type().equals(EventType.MEMBER) || pdu.stateKey() == null) {
            return members;
        }
        UserId target = UserId.parse(pdu.stateKey());
        if (members.contains(target) || !target.server().equals(identity.server())) {
            return members;
        }
        List<UserId> withTarget = new ArrayList<>(members);
        withTarget.add(target);
        return withTarget;
    }

    private Pdu sign(RoomVersion version, DraftEvent draft) {
        try {
            return draft.sign(version, identity.server(), identity.signer()).pdu();
        } catch (MalformedPdu e) {
            String message = String.valueOf(e.getMessage());
            throw (e.isTooLarge()
                            ? new MatrixError.TooLarge(message)
                            : new MatrixError.BadJson(message))
                    .asException();
        }
    }

    private static void require(Verdict verdict) {
        if (verdict instanceof Verdict.Denied denied) {
            throw new MatrixError.Forbidden(denied.reason()).asException();
        }
    }

    private static List<EventId> ids(List<EventRef> events) {
        return events.stream().map(EventRef::id).toList();
    }

    private static View view(RoomHead head) {
        return new View() {
            @Override
            public RoomRef room() {
                return head.room();
            }

            @Override
            public AuthState state() {
                return head;
            }

            @Override
            public Collection<UserId> joined() {
                return head.joined();
            }
        };
    }
}
