package org.chancery.governance.records;

import java.util.LinkedHashMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.chancery.governance.records.RoomLeafStore.Made;
import org.chancery.governance.records.RoomLeafStore.Reach;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.tlog.merkle.Hash;

/// The leaves in the making of the rooms in which something came lately, so that no piece is opened
/// again for its leaf.
///
/// # Why it can be trusted
/// A draft grows in the transaction in which a piece is written, and is used in the transaction in
/// which its leaf is. A transaction that is rolled back leaves the draft ahead of the tables; that
/// shows, as a piece does not follow the draft's last, or the tables end elsewhere, or their last
/// leaf is another. Such a draft is dropped, as is every one at a restart, and the leaf is worked
/// out from the pieces.
///
/// Seen by the committer alone, inside its transactions.
public final class LeafDrafts {
    static final int ROOMS_MAX = 5_000;

    private final PieceStore pieces;
    private final RoomLeafStore leaves;

    /// By the number of the room, the one longest unused first.
    private final LinkedHashMap<Long, Open> open = new LinkedHashMap<>(64, 0.75f, true);

    /// A draft, how far it reaches, and which leaf it will be.
    static final class Open {
        private final LeafDraft draft;
        private final long number;
        private long events;
        private long inbox;
        private boolean known = true;

        /// @param reach the leaf that it will be, and what is in it or in those before
        Open(LeafDraft draft, Reach reach) {
            this.draft = draft;
            this.number = reach.number();
            this.events = reach.events();
            this.inbox = reach.inbox();
        }

        LeafDraft draft() {
            return draft;
        }

        Reach reach() {
            return new Reach(number, events, inbox);
        }
    }

    /// Knows of no room yet.
    public LeafDrafts(PieceStore pieces, RoomLeafStore leaves) {
        this.pieces = pieces;
        this.leaves = leaves;
    }

    /// A signed event is about to be written.
    void event(Tx tx, Place place, Hash leaf, Pdu event) {
        Open room = of(tx, place.room());
        if (room.known && place.id() > room.events) {
            room.draft.event(leaf, event);
            room.events = place.id();
        } else {
            room.known = false;
        }
    }

    /// A letter is about to be written. Its position is given anew when it is rolled back, so that
    /// only the table tells what came before it.
    void letter(Tx tx, Place place, Hash leaf) {
        Open room = of(tx, place.room());
        if (room.known && pieces.last(tx, place.room(), Kind.INBOX) == room.inbox) {
            room.draft.letter(leaf);
            room.inbox = place.id();
        } else {
            room.known = false;
        }
    }

    /// The draft of all that the tables have of the room since its last leaf; empty where only they
    /// know.
    Optional<Open> whole(Tx tx, RoomRef room, Optional<Made> last) {
        Open draft = of(tx, room);
        boolean whole =
                draft.known
                        && draft.number == next(last)
                        && draft.events == pieces.last(tx, room, Kind.EVENT)
                        && draft.inbox == pieces.last(tx, room, Kind.INBOX);
        draft.known = whole;
        return whole ? Optional.of(draft) : Optional.empty();
    }

    /// A leaf is about to be written, by whomever; the next one begins.
    Open begin(Tx tx, RoomRef room, Reach made, RoomEnds ends) {
        Reach behind = new Reach(made.number() + 1, made.events(), made.inbox());
        Open next = new Open(new LeafDraft(ends), behind);
        next.known = isWhole(tx, room, made);
        open.put(room.number(), next);
        if (open.size() > ROOMS_MAX) {
            open.pollFirstEntry();
        }
        return next;
    }

    private Open of(Tx tx, RoomRef room) {
        Open known = open.get(room.number());
        return known == null ? read(tx, room) : known;
    }

    private Open read(Tx tx, RoomRef room) {
        Optional<Made> last = leaves.last(tx, room);
        Reach reach = last.map(Made::reach).orElse(new Reach(-1, 0, 0));
        try {
            RoomEnds ends = last.map(it -> RoomEnds.parse(it.ends())).orElseGet(RoomEnds::new);
            return begin(tx, room, reach, ends);
        } catch (MalformedJson | MalformedId | NoSuchElementException broken) {
            // Who makes the leaf will say so; here it must not keep a piece out of the archive.
            Open unknown = begin(tx, room, reach, new RoomEnds());
            unknown.known = false;
            return unknown;
        }
    }

    /// Whether nothing lies in the tables that the leaf does not reach.
    private boolean isWhole(Tx tx, RoomRef room, Reach made) {
        return pieces.last(tx, room, Kind.EVENT) <= made.events()
                && pieces.last(tx, room, Kind.INBOX) <= made.inbox();
    }

    private static long next(Optional<Made> last) {
        return last.map(it -> it.number() + 1).orElse(0L);
    }
}
