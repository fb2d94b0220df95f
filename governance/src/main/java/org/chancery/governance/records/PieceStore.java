package org.chancery.governance.records;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// The tables of the archive's pieces and, apart from them, of their wrap keys.
public interface PieceStore {
    /// A room of which the archive keeps anything.
    ///
    /// @param openedAt when the first of it came
    /// @param closing whether its last event was seen, so that a leaf is due at once
    record Archive(RoomRef room, long openedAt, boolean closing) {}

    /// A piece as it lies there: sealed, or what is said in its stead since it was disposed of.
    record Kept(Place place, Optional<Sealed> sealed, JsonObject mark) {}

    /// Makes the room known, unless it is.
    void open(Tx tx, RoomRef room, long at);

    /// Marks a room as closing, or as no longer so.
    void setClosing(Tx tx, RoomRef room, boolean closing);

    Optional<Archive> archive(RoomId room);

    /// Rooms by number, after `after` (-1: from the first).
    List<Archive> archives(long after, int limit);

    /// Rooms marked as closing.
    List<Archive> closing(int limit);

    /// A piece to be written.
    record NewPiece(Place place, Sealed sealed) {}

    void insert(Tx tx, List<NewPiece> pieces);

    /// Writes one piece.
    default void insert(Tx tx, Place place, Sealed sealed) {
        insert(tx, List.of(new NewPiece(place, sealed)));
    }

    /// Whether there is a piece of that id.
    boolean has(Tx tx, long id);

    /// Destroys the wrap key, then the bytes; the place stays, with what is said in their stead.
    void dispose(Tx tx, long id, JsonObject mark);

    /// Pieces of one kind within `(after, upTo]` in ids, in their order.
    List<Kept> read(RoomRef room, Kind kind, long after, long upTo, int limit);

    /// The id of the last piece of that kind; 0 where there is none.
    long last(RoomRef room, Kind kind);

    /// The same, as the open transaction sees it.
    long last(Tx tx, RoomRef room, Kind kind);

    /// How many pieces of each kind a room has, and their bytes with their keys.
    Map<Kind, Amount> amounts(RoomRef room);

    /// @param disposed how many of them cannot be read any more
    record Amount(long count, long disposed, long bytes) {}

    /// Keeps what an event said that loses its content before the archive has read it.
    void insertOriginal(Tx tx, long position, byte[] json);

    /// Those within `(after, upTo]`, by position.
    Map<Long, byte[]> originals(long after, long upTo);

    /// Forgets those up to a position.
    void deleteOriginals(Tx tx, long upTo);
}
