package org.chancery.governance.records;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.Follower;
import org.chancery.homeserver.events.LogFeed;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.RoomScope;
import org.chancery.homeserver.events.SignedEvent;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.tlog.merkle.Hash;

/// Takes the signed events of record rooms into the archive.
///
/// # Life of a piece
/// The follower reads signed events a moment after they became durable,
/// packs and seals it under a key of its own, and writes it with its key in the transaction that
/// moves the cursor: after a kill none is missing and none is there twice. The id of a piece is its
/// position in the one sequence, so the archive has the order of the log without counting.
public final class Ingest implements Follower<SignedEvent> {
    private static final int OPENED_MAX = 50_000;
    /// As what it follows the log.
    public static final String NAME = "records";

    private final RecordScope rooms;
    private final LogFeed<SignedEvent> events;
    private final PieceStore pieces;
    private final Wrapping wrapping;
    private final LeafDrafts drafts;
    private final List<Watcher> watchers;

    /// Rooms that the tables know for certain. Seen by the follower's thread alone.
    private final Set<Long> opened = new HashSet<>();

    /// Looks at what was taken in, with the same guarantees.
    public interface Watcher {
        /// Reads, and says what is to be written with the batch.
        ///
        /// @param taken the events of record rooms, in their order
        Optional<Derived> watch(List<Taken> taken);
    }

    /// An event that was taken in.
    public record Taken(Place place, Pdu event) {}

    /// An event under its seal, and what a leaf has of it.
    private record Piece(Taken taken, Sealed sealed, Hash leaf) {
        PieceStore.NewPiece unwritten() {
            return new PieceStore.NewPiece(taken.place(), sealed);
        }
    }

    public Ingest(
            RecordScope rooms,
            LogFeed<SignedEvent> events,
            PieceStore pieces,
            Wrapping wrapping,
            LeafDrafts drafts,
            List<Watcher> watchers) {
        this.rooms = rooms;
        this.events = events;
        this.pieces = pieces;
        this.wrapping = wrapping;
        this.drafts = drafts;
        this.watchers = List.copyOf(watchers);
    }

    /// What it follows. A server without record rooms does not even read.
    public LogFeed<SignedEvent> feed() {
        // A room is known before its first event is written, so none is missed.
        return (after, upTo, limit) ->
                rooms.isEmpty()
                        ? new LogFeed.Portion<>(List.of(), upTo)
                        : events.read(after, upTo, limit);
    }

    /// The rooms that it is handed.
    public RoomScope scope() {
        return room -> rooms.contains(room.id());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Derived> follow(List<SignedEvent> batch) {
        List<Taken> taken = taken(batch);
        List<Piece> sealed = new ArrayList<>(taken.size());
        Set<RoomRef> closing = new LinkedHashSet<>();
        for (Taken each : taken) {
            byte[] bytes = each.event().json().bytes();
            sealed.add(new Piece(each, wrapping.seal(each.place(), bytes), Hash.leaf(bytes)));
            if (each.event().isState(EventType.TOMBSTONE)) {
                closing.add(each.place().room());
            }
        }
        List<Derived> derived = new ArrayList<>();
        for (Watcher watcher : watchers) {
            watcher.watch(taken).ifPresent(derived::add);
        }
        List<Place> fresh = fresh(taken);
        long last = batch.getLast().position();
        return Optional.of(
                tx -> {
                    write(tx, sealed, fresh);
                    closing.forEach(room -> pieces.setClosing(tx, room, true));
                    pieces.deleteOriginals(tx, last);
                    derived.forEach(each -> each.write(tx));
                });
    }

    private List<Taken> taken(List<SignedEvent> batch) {
        // Asked for after the events: what was redacted before these were read is found here.
        Map<Long, byte[]> originals =
                pieces.originals(batch.getFirst().position() - 1, batch.getLast().position());
        List<Taken> taken = new ArrayList<>(batch.size());
        for (SignedEvent event : batch) {
            Pdu pdu = Originals.restored(event.pdu(), originals.get(event.position()));
            long id = Place.id(event.position(), 0);
            Place place = new Place(event.room(), Kind.EVENT, id, pdu.originServerTs());
            taken.add(new Taken(place, pdu));
        }
        return taken;
    }

    /// The first places of rooms that the tables may not know yet.
    private List<Place> fresh(List<Taken> taken) {
        Map<Long, Place> fresh = new LinkedHashMap<>();
        for (Taken each : taken) {
            long room = each.place().room().number();
            if (!opened.contains(room)) {
                fresh.putIfAbsent(room, each.place());
            }
        }
        if (opened.size() >= OPENED_MAX) {
            opened.clear();
        }
        fresh.values().removeIf(this::isOpen);
        return List.copyOf(fresh.values());
    }

    /// Only what is durable is remembered.
    private boolean isOpen(Place place) {
        return pieces.archive(place.room().id()).isPresent() && opened.add(place.room().number());
    }

    private void write(Tx tx, List<Piece> sealed, List<Place> fresh) {
        fresh.forEach(place -> pieces.open(tx, place.room(), place.at()));
        for (Piece piece : sealed) {
            drafts.event(tx, piece.taken.place(), piece.leaf, piece.taken.event());
        }
        pieces.insert(tx, sealed.stream().map(Piece::unwritten).toList());
    }
}
