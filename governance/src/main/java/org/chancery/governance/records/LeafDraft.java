package org.chancery.governance.records;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.ledger.leaf.LeafLimits;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.tile.RightEdge;

/// A leaf in the making. It holds no piece, only what grows with the logarithm of their number.
final class LeafDraft {
    private final RightEdge events = new RightEdge();
    private final RightEdge inbox = new RightEdge();
    private final RoomEnds ends;
    private SortedMap<String, Long> types = new TreeMap<>();

    /// @param ends the room's graph behind the leaf before
    LeafDraft(RoomEnds ends) {
        this.ends = ends;
    }

    void event(Hash hash, Pdu event) {
        add(events, hash);
        if (types.merge(event.type(), 1L, Long::sum) == 1) {
            types = new TreeMap<>(LeafLimits.types(types));
        }
        ends.add(event);
    }

    /// An event of which only its hash is left.
    void disposed(Hash hash) {
        add(events, hash);
    }

    void letter(Hash hash) {
        add(inbox, hash);
    }

    private static void add(RightEdge edge, Hash hash) {
        edge.add(
                hash,
                (_, _) -> {
                    // The tiles of a leaf's tree are kept by nobody: only its root is.
                });
    }

    boolean isEmpty() {
        return events.size() == 0 && inbox.size() == 0;
    }

    RoomEnds ends() {
        return ends;
    }

    /// What it commits to of the room.
    RoomLeaf.Taken events() {
        return new RoomLeaf.Taken(events.size(), events.root());
    }

    /// What it commits to of the inbox.
    RoomLeaf.Taken inbox() {
        return new RoomLeaf.Taken(inbox.size(), inbox.root());
    }

    RoomLeaf leaf(RoomLeaf.Place place, Optional<Hash> previous, long from, long until) {
        return new RoomLeaf(
                place, previous.orElse(null), from, until, events(), inbox(), types, ends.named());
    }
}
