package org.chancery.governance.records;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.chancery.governance.records.PieceStore.Archive;
import org.chancery.governance.records.RoomLeafStore.Made;
import org.chancery.governance.records.RoomLeafStore.Reach;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;

/// Makes the leaves of record rooms: one for each room in which something came, each hour and when
/// the room closes.
///
/// # Life of a leaf
/// Its draft grows in memory with the pieces, see [LeafDrafts]; where there is none, after a
/// restart, it is worked out from the pieces, page by page, until nothing came meanwhile. The leaf
/// is then written, and noted for the log, in one transaction, if all that it commits to lies in
/// the tables and the room's last leaf is still the one it was made upon. So a kill at any step
/// leaves either nothing, and the next round makes it, or all, and the log takes it once.
public final class RoomLeaves {
    private static final Logger LOG = System.getLogger(RoomLeaves.class.getName());
    private static final int PAGE = 200;
    private static final int ROOMS_PAGE = 500;
    private static final int ATTEMPTS_MAX = 10;

    /// Leaves in one transaction, which holds up the senders of messages for so long.
    private static final int TOGETHER_MAX = 50;

    /// How often what came meanwhile is waited for.
    private static final int CATCH_UPS_MAX = 5;

    private final PieceStore pieces;
    private final RoomLeafStore leaves;
    private final LeafDrafts drafts;
    private final LeafLog log;
    private final Journal journal;
    private final InstantSource clock;

    /// What became of a leaf.
    private enum Outcome {
        MADE,
        NOTHING_CAME,
        /// The room's draft is not in memory.
        UNKNOWN
    }

    /// @param drafts to which all that writes pieces adds
    public RoomLeaves(
            PieceStore pieces,
            RoomLeafStore leaves,
            LeafDrafts drafts,
            LeafLog log,
            Journal journal,
            InstantSource clock) {
        this.pieces = pieces;
        this.leaves = leaves;
        this.drafts = drafts;
        this.log = log;
        this.journal = journal;
        this.clock = clock;
    }

    /// Makes what is due: a leaf of each room in which something came since its last.
    ///
    /// @return how many leaves were made
    public int round() {
        int made = 0;
        List<Archive> page = pieces.archives(-1, ROOMS_PAGE);
        while (!page.isEmpty() && journal.running()) {
            made += make(page);
            page = pieces.archives(page.getLast().room().number(), ROOMS_PAGE);
        }
        return made;
    }

    /// Makes the leaves of the rooms that are closing.
    public int close() {
        return make(pieces.closing(ROOMS_PAGE));
    }

    /// Makes a leaf of the room, if something came.
    public boolean make(Archive archive) {
        return make(List.of(archive)) > 0;
    }

    private int make(List<Archive> archives) {
        int made = 0;
        for (int from = 0; from < archives.size(); from += TOGETHER_MAX) {
            List<Archive> some =
                    archives.subList(from, Math.min(from + TOGETHER_MAX, archives.size()));
            long now = clock.millis();
            List<Outcome> outcomes =
                    journal.commit(
                            Changes.of(
                                    tx -> some.stream().map(it -> drafted(tx, it, now)).toList()));
            for (int i = 0; i < some.size(); i++) {
                Outcome outcome = outcomes.get(i);
                boolean isMade =
                        outcome == Outcome.UNKNOWN ? attempt(some.get(i)) : outcome == Outcome.MADE;
                made += isMade ? 1 : 0;
            }
        }
        return made;
    }

    /// A room of which a piece or the last leaf is broken gets no leaf, and holds up no other.
    private boolean attempt(Archive archive) {
        try {
            return workedOut(archive);
        } catch (Unreadable | MalformedLeaf broken) {
            LOG.log(Level.ERROR, "no leaf for {0}: {1}", archive.room(), broken.getMessage());
            return false;
        }
    }

    /// Makes leaves until they commit to all that is in the archive at this call. The hourly round
    /// may make one at the same moment that reaches less far, and then another follows it.
    ///
    /// @return whether they do
    public boolean fix(Archive archive) {
        RoomRef room = archive.room();
        long events = pieces.last(room, Kind.EVENT);
        long inbox = pieces.last(room, Kind.INBOX);
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !reach(room, events, inbox); attempt++) {
            make(archive);
        }
        return reach(room, events, inbox);
    }

    private boolean reach(RoomRef room, long events, long inbox) {
        Reach reach = leaves.last(room).map(Made::reach).orElse(new Reach(-1, 0, 0));
        return reach.events() >= events && reach.inbox() >= inbox;
    }

    private Outcome drafted(Tx tx, Archive archive, long now) {
        Optional<Made> before = leaves.last(tx, archive.room());
        Optional<LeafDrafts.Open> draft = drafts.whole(tx, archive.room(), before);
        if (draft.isEmpty()) {
            return Outcome.UNKNOWN;
        }
        if (draft.get().draft().isEmpty()) {
            return closed(tx, archive);
        }
        try {
            insert(tx, archive, before, draft.get(), now);
        } catch (MalformedLeaf broken) {
            return Outcome
                    .UNKNOWN; // Nothing was written yet; who works it out says what is broken.
        }
        return Outcome.MADE;
    }

    private boolean workedOut(Archive archive) {
        RoomRef room = archive.room();
        Optional<Made> before = leaves.last(room);
        Reach reach = before.map(Made::reach).orElse(new Reach(-1, 0, 0));
        LeafDraft draft =
                new LeafDraft(before.map(it -> RoomEnds.parse(it.ends())).orElseGet(RoomEnds::new));
        long number = reach.number() + 1;
        Outcome outcome = Outcome.UNKNOWN;
        for (int i = 0; i <= CATCH_UPS_MAX && outcome == Outcome.UNKNOWN; i++) {
            long events = pieces.last(room, Kind.EVENT);
            long inbox = pieces.last(room, Kind.INBOX);
            takeEvents(draft, room, reach.events(), events);
            takeInbox(draft, room, reach.inbox(), inbox);
            reach = new Reach(number, events, inbox);
            LeafDrafts.Open whole = new LeafDrafts.Open(draft, reach);
            boolean last = i == CATCH_UPS_MAX;
            long now = clock.millis();
            outcome = journal.commit(Changes.of(tx -> write(tx, archive, whole, last, now)));
        }
        return outcome == Outcome.MADE;
    }

    /// @param last whether what came meanwhile is left to the next leaf
    private Outcome write(Tx tx, Archive archive, LeafDrafts.Open whole, boolean last, long now) {
        RoomRef room = archive.room();
        Reach reach = whole.reach();
        Optional<Made> before = leaves.last(tx, room);
        if (before.map(it -> it.number() + 1).orElse(0L) != reach.number()) {
            return Outcome.NOTHING_CAME; // Somebody else has made it meanwhile.
        }
        boolean isAll =
                pieces.last(tx, room, Kind.EVENT) <= reach.events()
                        && pieces.last(tx, room, Kind.INBOX) <= reach.inbox();
        if (!isAll && !last) {
            return Outcome.UNKNOWN;
        }
        if (whole.draft().isEmpty()) {
            return closed(tx, archive);
        }
        insert(tx, archive, before, whole, now);
        return Outcome.MADE;
    }

    private void insert(
            Tx tx, Archive archive, Optional<Made> before, LeafDrafts.Open whole, long now) {
        RoomRef room = archive.room();
        LeafDraft draft = whole.draft();
        Reach reach = whole.reach();
        Optional<RoomLeaf> previous = before.map(it -> RoomLeaf.parse(it.bytes()));
        long from = previous.map(RoomLeaf::until).orElse(archive.openedAt());
        RoomLeaf leaf =
                draft.leaf(
                        new RoomLeaf.Place(room.id(), room.version(), reach.number()),
                        previous.map(RoomLeaf::hash),
                        from,
                        Math.max(from, now));
        Made made = new Made(reach, draft.ends().bytes(), leaf.bytes());
        leaves.insert(tx, room, made);
        log.note(tx, made.bytes());
        if (archive.closing()) {
            pieces.setClosing(tx, room, false);
        }
        drafts.begin(tx, room, reach, draft.ends());
    }

    private Outcome closed(Tx tx, Archive archive) {
        if (archive.closing()) {
            pieces.setClosing(tx, archive.room(), false);
        }
        return Outcome.NOTHING_CAME;
    }

    private void takeEvents(LeafDraft draft, RoomRef room, long after, long upTo) {
        walk(
                room,
                Kind.EVENT,
                after,
                upTo,
                bytes -> draft.event(Hash.leaf(bytes), event(bytes, room.version())));
    }

    private void takeInbox(LeafDraft draft, RoomRef room, long after, long upTo) {
        walk(room, Kind.INBOX, after, upTo, bytes -> draft.letter(Hash.leaf(bytes)));
    }

    private interface Step {
        void take(byte[] bytes);
    }

    private void walk(RoomRef room, Kind kind, long after, long upTo, Step step) {
        Wrapping.Opener opener = new Wrapping.Opener();
        long from = after;
        while (from < upTo) {
            List<PieceStore.Kept> page = pieces.read(room, kind, from, upTo, PAGE);
            if (page.isEmpty()) {
                return;
            }
            for (PieceStore.Kept kept : page) {
                Sealed sealed =
                        kept.sealed()
                                .orElseThrow(() -> new Unreadable(kept.place(), "disposed of"));
                step.take(opener.open(kept.place(), sealed));
            }
            from = page.getLast().place().id();
        }
    }

    /// An event of the archive; its id follows from its bytes.
    static Pdu event(byte[] bytes, RoomVersion version) {
        return Pdu.parse(Json.parseObject(bytes), version);
    }
}
