package org.chancery.governance.rooms;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Quarter;
import org.chancery.governance.stock.StockStore;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.e2ee.StandingDevices;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;

/// Gives archive users their next device, under the same master key: when a quarter begins, before
/// an opening that reaches into the current one, and after an exposure. So what one device can read
/// ends, and members' clients begin new sessions, as a device of the room is gone.
///
/// A rotation is one transaction that asks again whether the device is the one it was asked to
/// replace: after a kill, or a second time, it does nothing.
///
/// Where an identity has no device left, the published one stays, as a room without one would be
/// kept from nobody's eyes but the archive's; [#outlook] warns long before.
public final class DeviceRotation {
    private static final Logger LOG = System.getLogger(DeviceRotation.class.getName());

    /// With so many devices left, two openings in a row find one each.
    private static final int ENOUGH = 2;

    private final RecordRooms rooms;
    private final Stocks stocks;
    private final StandingDevices devices;
    private final Journal journal;
    private final InstantSource clock;
    private final ClosedRooms closed;

    /// How many devices a room has left beside the published one, as was last seen.
    private final Map<RoomId, Integer> left = new ConcurrentHashMap<>();

    public DeviceRotation(
            RecordRooms rooms,
            Stocks stocks,
            StandingDevices devices,
            Journal journal,
            InstantSource clock,
            ClosedRooms closed) {
        this.rooms = rooms;
        this.stocks = stocks;
        this.devices = devices;
        this.journal = journal;
        this.clock = clock;
        this.closed = closed;
    }

    /// How record rooms stand for devices.
    ///
    /// @param rooms how many there are
    /// @param ending of how many the devices of quarters end within half a year
    /// @param overdue of how many the device is of an earlier quarter, as none is left
    /// @param scarce of how many one device is left, or none: with none, nothing that reaches into
    ///     the present can be opened
    public record Outlook(long rooms, long ending, long overdue, long scarce) {
        /// Whether the records desk has to do something.
        public boolean isWarning() {
            return ending > 0 || overdue > 0 || scarce > 0;
        }
    }

    /// Gives every room whose quarter is over the device of the present one.
    ///
    /// @return how many got one
    public int run() {
        Quarter now = RecordRoomMaker.quarter(clock.instant());
        int rotated = 0;
        int without = 0;
        for (RecordRoom room : rooms.all()) {
            if (room.period().compareTo(now) < 0) {
                if (rotate(room, DeviceTerm.Cause.PERIOD).isPresent()) {
                    rotated++;
                } else if (!closed.contains(room.room())) {
                    without++;
                }
            }
            count(room);
        }
        if (without > 0) {
            LOG.log(
                    Level.WARNING,
                    "{0} record rooms have no archive device for {1}: replace them by new ones",
                    without,
                    now);
        }
        return rotated;
    }

    /// Gives a room its next device now.
    ///
    /// @return the room with the device that is published now
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` if it is no record room,
    ///     `M_INVALID_ROOM_STATE` if no device is left
    public RecordRoom rotate(RoomId id, DeviceTerm.Cause cause) {
        return next(find(id), cause);
    }

    /// Gives a room its next device in place of that one. Does nothing where another has taken its
    /// place: of two who ask at once for the same reason, one spends a device.
    ///
    /// @return the room with the device that is published now
    /// @throws org.chancery.protocol.error.MatrixException as [#rotate(RoomId, DeviceTerm.Cause)]
    public RecordRoom rotate(RoomId id, DeviceId published, DeviceTerm.Cause cause) {
        RecordRoom room = find(id);
        return room.device().equals(published) ? next(room, cause) : room;
    }

    private RecordRoom find(RoomId id) {
        return rooms.find(id)
                .orElseThrow(() -> new MatrixError.NotFound("No such record room").asException());
    }

    private RecordRoom next(RecordRoom room, DeviceTerm.Cause cause) {
        Optional<RecordRoom> rotated = rotate(room, cause);
        count(room);
        return rotated.orElseThrow(
                () ->
                        new MatrixError.InvalidRoomState(
                                        "The archive of this room has no device left")
                                .asException());
    }

    /// Whether a room can be given another device now.
    public boolean hasNext(RoomId id) {
        return rooms.find(id).filter(room -> devicesLeft(room) > 0).isPresent();
    }

    private void count(RecordRoom room) {
        left.put(room.room(), devicesLeft(room));
    }

    /// Its spares, and the device of the quarter, as far as they were never published.
    private int devicesLeft(RecordRoom room) {
        Quarter now = RecordRoomMaker.quarter(clock.instant());
        return stocks.bound(room.room())
                .map(it -> NextDevice.left(it.identity(), rooms.devices(room.archive()), now))
                .orElse(0);
    }

    /// Which rooms need the records desk's attention.
    public Outlook outlook() {
        Quarter now = RecordRoomMaker.quarter(clock.instant());
        Quarter soon = now.next();
        long all = 0;
        long ending = 0;
        long overdue = 0;
        long scarce = 0;
        for (RecordRoom room : rooms.all()) {
            all++;
            boolean ends = room.ends().compareTo(soon) <= 0;
            boolean late = room.period().compareTo(now) < 0;
            boolean few = left.getOrDefault(room.room(), ENOUGH) < ENOUGH;
            if ((ends || late || few) && !closed.contains(room.room())) {
                ending += ends ? 1 : 0;
                overdue += late ? 1 : 0;
                scarce += few ? 1 : 0;
            }
        }
        return new Outlook(all, ending, overdue, scarce);
    }

    /// How many spares a room's archive user has left.
    public int sparesLeft(RecordRoom room) {
        return stocks.bound(room.room())
                .map(it -> NextDevice.spares(it.identity(), rooms.devices(room.archive())).size())
                .orElse(0);
    }

    private Optional<RecordRoom> rotate(RecordRoom room, DeviceTerm.Cause cause) {
        Optional<ArchiveIdentity> identity =
                stocks.bound(room.room()).map(StockStore.Bound::identity);
        if (identity.isEmpty()) {
            rooms.remove(room); // It was never written.
            return Optional.empty();
        }
        return journal.commit(new Rotation(room, identity.get(), cause));
    }

    private final class Rotation implements Change<Optional<RecordRoom>> {
        private final RecordRoom before;
        private final ArchiveIdentity identity;
        private final DeviceTerm.Cause cause;
        private final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);

        Rotation(RecordRoom before, ArchiveIdentity identity, DeviceTerm.Cause cause) {
            this.before = before;
            this.identity = identity;
            this.cause = cause;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public Optional<RecordRoom> apply(Tx tx, long position) {
            Optional<RecordRoom> stored = rooms.store().find(tx, before.room());
            if (stored.isEmpty() || !stored.get().device().equals(before.device())) {
                return stored; // Somebody else has rotated it.
            }
            List<DeviceTerm> spent = rooms.store().devices(tx, before.archive());
            Quarter period = RecordRoomMaker.quarter(now);
            Optional<ArchiveDevice> next = NextDevice.of(identity, spent, period);
            next.ifPresent(device -> write(tx, position, device, period));
            return next.map(device -> before.with(device.id(), device.slot(), period));
        }

        private void write(Tx tx, long position, ArchiveDevice device, Quarter period) {
            var standing = RecordRoomMaker.standing(before.archive(), device);
            devices.withdraw(tx, before.archive(), before.device());
            devices.publish(tx, standing, now.toEpochMilli());
            devices.changed(tx, position, before.archive());
            DeviceTerm term =
                    new DeviceTerm(
                            device.id(),
                            device.slot(),
                            period,
                            cause,
                            position,
                            now,
                            Optional.empty());
            rooms.store().rotate(tx, before.archive(), term);
        }

        @Override
        public List<Touch> touches(Optional<RecordRoom> after) {
            after.ifPresent(rooms::put);
            return after.isPresent() ? List.of(devices.touch(before.archive())) : List.of();
        }
    }
}
