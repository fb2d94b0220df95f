package org.chancery.homeserver.events;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.id.UserId;

/// The append-only log of all events this server has accepted. `rooms.RoomWriter` alone calls it.
public final class EventLog {
    private final Journal journal;
    private final EventStore events;
    private final StateStore states;
    private final RecentEvents recent;
    private final SignedLog signed;
    private final UserMemberships memberships;
    private final Keeper keeper;

    public EventLog(Journal journal, EventStore events, StateStore states) {
        this(journal, events, states, Keeper.NONE);
    }

    /// @param keeper of what was said in some of the rooms
    public EventLog(Journal journal, EventStore events, StateStore states, Keeper keeper) {
        this.journal = journal;
        this.keeper = keeper;
        this.events = events;
        this.states = states;
        this.recent = new RecentEvents(events, states);
        this.signed = new SignedLog(events, keeper);
        this.memberships = new UserMemberships(states);
    }

    /// The end of the log, in memory.
    public RecentEvents recent() {
        return recent;
    }

    /// The signed events of the keeper's rooms, to be read by it alone.
    public SignedLog signed() {
        return signed;
    }

    /// Who is where, in memory.
    public UserMemberships memberships() {
        return memberships;
    }

    /// Submits a run of events; what it returns is the position of the last when all are durable.
    ///
    /// @throws org.chancery.protocol.error.MatrixException when the journal's queue is full
    public Pending<Long> append(Append append) {
        return journal.submit(new Run(append));
    }

    private final class Run implements Change<Long> {
        private final Append append;

        /// What this run changes of the state, by its last attempt.
        private final List<StateChange> changes = new ArrayList<>();

        Run(Append append) {
            this.append = append;
        }

        @Override
        public int positions() {
            return append.steps().size();
        }

        @Override
        public Long apply(Tx tx, long first) {
            if (append.head().dropped()) {
                throw new MatrixError.Unknown("the room has moved on; send again").asException();
            }
            append.also().write(tx); // First, as it may refuse the run.
            if (append.isNew()) {
                append.room().place(first);
                events.insertRoom(tx, append.room());
            }
            changes.clear();
            long position = first;
            for (Append.Step step : append.steps()) {
                write(tx, step, position++);
            }
            return position - 1;
        }

        private void write(Tx tx, Append.Step step, long position) {
            NewEvent event = step.event();
            event.event().place(position);
            events.insert(tx, event);
            step.state().ifPresent(state -> change(tx, event, state, position));
            step.redacts().ifPresent(it -> redact(tx, it, position));
        }

        private void redact(Tx tx, Append.Redacted redacted, long position) {
            long target = redacted.target().position();
            keeper.redacting(tx, append.room(), target);
            events.redact(tx, target, position, redacted.shown().bytes());
        }

        private void change(Tx tx, NewEvent event, Append.StateStep state, long position) {
            state.after().place(position);
            states.insertSnapshot(tx, append.room(), state.after(), state.parent(), state.rows());
            StateChange change =
                    new StateChange(
                            append.room().number(),
                            position,
                            state.key(),
                            OptionalLong.of(position),
                            state.replaced()
                                    .map(it -> OptionalLong.of(it.position()))
                                    .orElse(OptionalLong.empty()),
                            state.row().membership());
            states.change(tx, change);
            changes.add(change);
            states.indexAuthChain(tx, event.event(), event.links().authEvents());
        }

        @Override
        public List<Touch> touches(Long last) {
            recent.appended(append, changes);
            signed.appended(append);
            changes.forEach(this::moved);
            List<Touch> touches = new ArrayList<>(append.steps().size());
            for (Append.Step step : append.steps()) {
                touches.add(new Touch(step.audience(), Stream.TIMELINE, append.room().id()));
            }
            return touches;
        }

        private void moved(StateChange change) {
            if (change.key().type().equals(EventType.MEMBER)) {
                memberships.changed(UserId.parse(change.key().key()));
            }
        }

        @Override
        public void refused() {
            append.head().drop();
        }
    }
}
