package org.chancery.governance.rooms;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.chancery.homeserver.events.RoomScope;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// Which rooms are record rooms, and who their archive users are: in memory, as every event of
/// every
/// room asks. A room is here before its first event can be written.
public final class RecordRooms {
    private static final int PAGE = 1_000;

    private final RecordRoomStore store;
    private final UserId service;
    private final Map<RoomId, RecordRoom> byRoom = new ConcurrentHashMap<>();
    private final Map<UserId, RoomId> byArchive = new ConcurrentHashMap<>();

    /// Knows the rooms that the store has, a page at a time.
    public RecordRooms(RecordRoomStore store, ServerName server) {
        this.store = store;
        this.service = new UserId("_chancery-records", server);
        String after = "";
        List<RecordRoom> page = store.page(after, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::put);
            after = page.getLast().room().value();
            page = store.page(after, PAGE);
        }
    }

    /// The user who makes record rooms and alone may change how they are kept. There is no account
    /// of that name, and none can be made: nobody signs in as the service.
    public UserId service() {
        return service;
    }

    /// Whether the room's talk is a record: one look into a map.
    public boolean isRecordRoom(RoomId room) {
        return byRoom.containsKey(room);
    }

    /// The room's class, archive user, device and period; empty where it is no record room.
    public Optional<RecordRoom> find(RoomId room) {
        return Optional.ofNullable(byRoom.get(room));
    }

    /// The room of an archive user; empty where the user is none.
    public Optional<RecordRoom> ofArchive(UserId user) {
        return Optional.ofNullable(byArchive.get(user)).flatMap(this::find);
    }

    /// All record rooms, in no order; those made meanwhile may be among them.
    public Collection<RecordRoom> all() {
        return Collections.unmodifiableCollection(byRoom.values());
    }

    /// Hands a follower the record rooms only.
    public RoomScope scope() {
        return room -> isRecordRoom(room.id());
    }

    /// The devices that an archive user has had, the first one first; the last is published.
    public List<DeviceTerm> devices(UserId archive) {
        return store.devices(archive);
    }

    RecordRoomStore store() {
        return store;
    }

    void put(RecordRoom room) {
        byRoom.put(room.room(), room);
        byArchive.put(room.archive(), room.room());
    }

    /// Forgets a room that was not written.
    void remove(RecordRoom room) {
        byRoom.remove(room.room());
        byArchive.remove(room.archive());
    }
}
