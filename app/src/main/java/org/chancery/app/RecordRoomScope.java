package org.chancery.app;

import java.util.Optional;
import org.chancery.governance.records.RecordScope;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// What the archive must know of record rooms.
record RecordRoomScope(RecordRooms rooms) implements RecordScope {
    @Override
    public boolean isEmpty() {
        return rooms.all().isEmpty();
    }

    @Override
    public boolean contains(RoomId room) {
        return rooms.isRecordRoom(room);
    }

    @Override
    public Optional<RoomId> roomOf(UserId archive) {
        return rooms.ofArchive(archive).map(RecordRoom::room);
    }

    @Override
    public boolean hasDevice(UserId archive, DeviceId device) {
        return device(archive).filter(device::equals).isPresent()
                || rooms.devices(archive).stream().anyMatch(term -> term.device().equals(device));
    }

    @Override
    public Optional<DeviceId> device(UserId archive) {
        return rooms.ofArchive(archive).map(RecordRoom::device);
    }
}
