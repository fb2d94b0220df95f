package org.chancery.governance.cases;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The tables of cases.
public interface CaseStore {
    /// A case whose room has been told of it.
    record Told(HeldCase of, RoomId room, Instant at) {}

    /// A place in the order in which notices are due.
    record Due(Instant at, long number) {
        public static final Due FIRST = new Due(Instant.EPOCH, 0);

        static Due of(HeldCase held) {
            return new Due(held.entry().notice().at(), held.number());
        }
    }

    /// Writes a new draft, numbered behind all others. The same draft again changes nothing.
    ///
    /// @return the case as it is held
    HeldCase insert(Tx tx, HeldCase draft);

    Optional<HeldCase> find(Tx tx, String id);

    Optional<HeldCase> find(String id);

    /// Writes the state, the signatures and the reason of a case.
    void update(Tx tx, HeldCase changed);

    /// The devices of the case are out of use.
    void prepared(Tx tx, String id);

    /// A room of the case has been told of it.
    void told(Tx tx, String id, RoomId room, Instant at);

    /// All rooms of the case have been told of it.
    void noticed(Tx tx, String id, Instant at);

    /// Cases in descending order of their numbers, below `before`.
    List<HeldCase> page(long before, int limit);

    /// Those among them whose requester or approver that is.
    List<HeldCase> page(UserId officer, long before, int limit);

    /// Approved cases whose devices are still in use.
    List<HeldCase> unprepared(int limit);

    /// Approved cases behind that place whose notice is not given yet, the earliest first.
    List<HeldCase> unnoticed(Due last, int limit);

    /// Rooms of the case that have not been told.
    List<RoomId> untold(String id);

    /// What these rooms have been told, the latest first.
    List<Told> told(Collection<RoomId> rooms, int limit);
}
