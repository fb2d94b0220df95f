package org.chancery.governance.rooms;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Quarter;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.e2ee.CrossSigning;
import org.chancery.homeserver.e2ee.StandingDevices;
import org.chancery.homeserver.events.Append;
import org.chancery.homeserver.kernel.StoreFailure;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.MemberProfiles;
import org.chancery.homeserver.rooms.RoomDirectory;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Makes record rooms.
///
/// # Life of a making
/// The next free identity of the stock is looked up, and all events of the room are built with it:
/// its archive user joins before the person who asked. They are written as one run, and in the same
/// transaction the identity is bound, its user and its device are published, the alias is taken and
/// the room is entered as a record room; the binding notes its leaf for the log. So after a kill at
/// whatever moment there is all of it or nothing, an identity is bound once, and no room takes a
/// message that its archive could not read.
///
/// One room is made at a time, so that two never reach for the same identity; the transaction asks
/// again all the same.
public final class RecordRoomMaker {
    static final String DEVICE_NAME = "Archive";

    private final RoomWriter writer;
    private final Stocks stocks;
    private final RecordRooms rooms;
    private final StandingDevices devices;
    private final Ties ties;
    private final RecordRoomDrafts drafts;
    private final InstantSource clock;
    private final ReentrantLock making = new ReentrantLock();

    public RecordRoomMaker(
            RoomWriter writer,
            Stocks stocks,
            RecordRooms rooms,
            StandingDevices devices,
            Ties ties,
            InstantSource clock) {
        this.writer = writer;
        this.stocks = stocks;
        this.rooms = rooms;
        this.devices = devices;
        this.ties = ties;
        this.drafts = new RecordRoomDrafts(rooms.service(), ties.profiles());
        this.clock = clock;
    }

    /// What a making touches beside the room.
    public record Ties(RoomDirectory directory, MemberProfiles profiles) {}

    /// Makes a room.
    ///
    /// @throws MatrixException `M_FORBIDDEN` where the stock is used up, `M_ROOM_IN_USE` if the
    ///     alias is taken, `M_INVALID_ROOM_STATE` if the rules deny what was asked for
    public RoomId make(RecordRoomWish wish) {
        making.lock();
        try {
            return create(new Making(wish));
        } finally {
            making.unlock();
        }
    }

    private RoomId create(Making one) {
        try {
            List<EventDraft> events = drafts.of(one.wish, one.identity.user());
            return writer.create(RecordRoomDrafts.VERSION, events, one::begin);
        } catch (StoreFailure e) {
            throw e; // The room may be there; nothing is written any more until a restart.
        } catch (RuntimeException e) {
            one.room.ifPresent(rooms::remove);
            if (e instanceof MatrixException refusal
                    && refusal.error() instanceof MatrixError.Forbidden(String message)
                    && one.room.isPresent()) {
                throw new MatrixError.InvalidRoomState(message).asException();
            }
            throw e;
        }
    }

    /// The quarter of a moment, by the calendar of Greenwich.
    static Quarter quarter(Instant moment) {
        return Quarter.of(LocalDate.ofInstant(moment, ZoneOffset.UTC));
    }

    private static MatrixException nothingLeft() {
        return new MatrixError.Forbidden(
                        "No record room can be opened now: the stock of archive keys is used up."
                                + " The records desk has to hold a ceremony.")
                .asException();
    }

    /// One room on its way.
    private final class Making {
        final RecordRoomWish wish;
        final Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        final Quarter period = quarter(now);
        final ArchiveIdentity identity;
        final ArchiveDevice device;
        Optional<RecordRoom> room = Optional.empty();

        Making(RecordRoomWish wish) {
            this.wish = wish;
            this.identity =
                    stocks.next(one -> NextDevice.of(one, List.of(), period).isPresent())
                            .orElseThrow(RecordRoomMaker::nothingLeft);
            this.device = NextDevice.of(identity, List.of(), period).orElseThrow();
        }

        /// From here on the room's policy is that of a record room.
        Append.Also begin(RoomId id) {
            RecordRoom made =
                    new RecordRoom(
                            id,
                            wish.roomClass(),
                            identity.user(),
                            identity.stock(),
                            identity.number(),
                            device.id(),
                            device.slot(),
                            period,
                            NextDevice.ends(identity).orElse(period),
                            now);
            rooms.put(made);
            room = Optional.of(made);
            CrossSigning.Upload keys = identityKeys(identity);
            StandingDevices.StandingDevice standing = standing(identity.user(), device);
            return tx -> write(tx, made, keys, standing);
        }

        /// What may refuse comes before what writes.
        private void write(
                Tx tx,
                RecordRoom made,
                CrossSigning.Upload keys,
                StandingDevices.StandingDevice standing) {
            if (!stocks.isFree(tx, identity)) {
                throw new MatrixError.Unknown("Somebody was faster; ask again").asException();
            }
            if (!devices.isFree(tx, rooms.service()) || !devices.isFree(tx, identity.user())) {
                throw new MatrixError.Unknown("The name of the archive is taken").asException();
            }
            wish.alias().ifPresent(it -> ties.directory().claim(tx, it, made.room(), wish.asker()));
            stocks.bind(tx, identity, made.room());
            devices.introduce(tx, keys);
            devices.publish(tx, standing, now.toEpochMilli());
            DeviceTerm first =
                    new DeviceTerm(
                            device.id(),
                            device.slot(),
                            period,
                            DeviceTerm.Cause.MAKING,
                            0,
                            now,
                            Optional.empty());
            rooms.store().insert(tx, made, first, wish.asker(), wish.replaces());
        }
    }

    private static CrossSigning.Upload identityKeys(ArchiveIdentity identity) {
        ArchiveIdentity.CrossSigningKeys keys = identity.crossSigning();
        return CrossSigning.Upload.parse(
                identity.user(),
                JsonObject.EMPTY
                        .with("master_key", keys.master())
                        .with("self_signing_key", keys.selfSigning())
                        .with("user_signing_key", keys.user()));
    }

    static StandingDevices.StandingDevice standing(UserId user, ArchiveDevice device) {
        return StandingDevices.StandingDevice.of(
                user, device.id(), device.keys(), device.fallback(), DEVICE_NAME);
    }
}
