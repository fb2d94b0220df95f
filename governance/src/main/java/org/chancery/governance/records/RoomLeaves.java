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
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.roomversion.RoomVersion;

/// Makes the leaves of record rooms: one for each room in which something came, each hour and when
/// the room closes.
///
/// # Life of a leaf
/// Everything that it commits to is durable in the archive before it is begun. It is worked out
/// from the pieces, page by page, and then written, and noted for the log, in one transaction that
/// does so only if the room's last leaf is still the one it was made upon. So a kill at any step
/// leaves either nothing, and the next round makes it, or all, and the log takes it once.
public final class RoomLeaves {
    private static final Logger LOG = System.getLogger(RoomLeaves.class.getName());
    private static final int PAGE = 200;
    private static final int ROOMS_PAGE = 500;
    private static final int ATTEMPTS_MAX = 10;

    private final PieceStore pieces;
    private final RoomLeafStore leaves;
    private final LeafLog log;
    private final Journal journal;
    private final InstantSource clock;

    public RoomLeaves(
            PieceStore pieces,
            RoomLeafStore leaves,
            LeafLog log,
            Journal journal,
            InstantSource clock) {
        this.pieces = pieces;
        this.leaves = leaves;
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
            for (Archive archive : page) {
                made += attempt(archive) ? 1 : 0;
            }
            page = pieces.archives(page.getLast().room().number(), ROOMS_PAGE);
        }
        return made;
    }

    /// Makes the leaves of the rooms that are closing.
    public int close() {
        int made = 0;
        for (Archive archive : pieces.closing(ROOMS_PAGE)) {
            made += attempt(archive) ? 1 : 0;
        }
        return made;
    }

    /// A room of which a piece is broken gets no leaf, and holds up no other.
    private boolean attempt(Archive archive) {
        try {
            return make(archive);
        } catch (Unreadable broken) {
            LOG.log(Level.ERROR, "no leaf for a room: {0}", broken.getMessage());
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

    /// Makes a leaf of the room, if something came.
    public boolean make(Archive archive) {
        RoomRef room = archive.room();
        Optional<Made> before = leaves.last(room);
        long events = pieces.last(room, Kind.EVENT);
        long inbox = pieces.last(room, Kind.INBOX);
        long eventsBefore = before.map(it -> it.reach().events()).orElse(0L);
        long inboxBefore = before.map(it -> it.reach().inbox()).orElse(0L);
        if (events <= eventsBefore && inbox <= inboxBefore) {
            return archive.closing() && journal.commit(Changes.of(tx -> closed(tx, room)));
        }
        LeafDraft draft =
                new LeafDraft(before.map(it -> RoomEnds.parse(it.ends())).orElseGet(RoomEnds::new));
        takeEvents(draft, room, eventsBefore, events);
        takeInbox(draft, room, inboxBefore, inbox);
        RoomLeaf leaf = leaf(draft, archive, before);
        Made made =
                new Made(
                        new Reach(leaf.place().number(), events, inbox),
                        draft.ends().bytes(),
                        leaf.bytes());
        return journal.commit(Changes.of(tx -> write(tx, archive, made)));
    }

    private RoomLeaf leaf(LeafDraft draft, Archive archive, Optional<Made> before) {
        RoomRef room = archive.room();
        Optional<RoomLeaf> previous = before.map(it -> RoomLeaf.parse(it.bytes()));
        long from = previous.map(RoomLeaf::until).orElse(archive.openedAt());
        return draft.leaf(
                new RoomLeaf.Place(
                        room.id(), room.version(), before.map(it -> it.number() + 1).orElse(0L)),
                previous.map(RoomLeaf::hash),
                from,
                Math.max(from, clock.millis()));
    }

    private boolean write(Tx tx, Archive archive, Made made) {
        long next = leaves.last(tx, archive.room()).map(it -> it.number() + 1).orElse(0L);
        if (next != made.number()) {
            return false; // Somebody else has made it meanwhile.
        }
        leaves.insert(tx, archive.room(), made);
        log.note(tx, made.bytes());
        if (archive.closing()) {
            pieces.setClosing(tx, archive.room(), false);
        }
        return true;
    }

    private boolean closed(Tx tx, RoomRef room) {
        pieces.setClosing(tx, room, false);
        return false;
    }

    private void takeEvents(LeafDraft draft, RoomRef room, long after, long upTo) {
        walk(
                room,
                Kind.EVENT,
                after,
                upTo,
                bytes -> draft.event(bytes, event(bytes, room.version())));
    }

    private void takeInbox(LeafDraft draft, RoomRef room, long after, long upTo) {
        walk(room, Kind.INBOX, after, upTo, draft::letter);
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
