package org.chancery.app;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.chancery.api.governance.RecordRoomEndpoints;
import org.chancery.api.http.Route;
import org.chancery.governance.rooms.ClosedRooms;
import org.chancery.governance.rooms.DeviceRotation;
import org.chancery.governance.rooms.RecordRoomMaker;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.governance.rooms.Replacement;
import org.chancery.governance.rooms.RoomsByClass;
import org.chancery.homeserver.e2ee.StandingDevices;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.RoomMaker;
import org.chancery.protocol.json.JsonObject;

/// Record rooms: how they come to be, and the devices of their archives.
record SealedRooms(
        RecordRooms known,
        ClosedRooms closed,
        RoomMaker maker,
        Replacement replacement,
        DeviceRotation rotation,
        ScheduledExecutorService beat)
        implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SealedRooms.class.getName());
    private static final long BEAT_MINUTES = 60;

    static SealedRooms of(
            Config config,
            Stores stores,
            Journal journal,
            Rooms rooms,
            Encryption encryption,
            Governance governance,
            InstantSource clock) {
        RecordRooms known = rooms.records();
        StandingDevices devices =
                new StandingDevices(
                        stores.accounts(),
                        stores.sessions(),
                        stores.keys().keys(),
                        stores.keys().oneTimeKeys(),
                        stores.keys().crossSigning(),
                        encryption.lists());
        RecordRoomMaker maker =
                new RecordRoomMaker(
                        rooms.writer(),
                        governance.stocks(),
                        known,
                        devices,
                        new RecordRoomMaker.Ties(rooms.directory(), rooms.profiles()),
                        clock);
        ClosedRooms closed = new ClosedRooms(stores.events(), stores.states());
        DeviceRotation rotation =
                new DeviceRotation(known, governance.stocks(), devices, journal, clock, closed);
        return new SealedRooms(
                known,
                closed,
                new RoomsByClass(rooms.creation(), maker, config.serverName()),
                new Replacement(
                        maker, known, rooms.upgrade(), rooms.stores(), rooms.directory(), rotation),
                rotation,
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("record-rooms").daemon().factory()));
    }

    /// Finishes what broke off, and looks once an hour whether a quarter has begun.
    void start() {
        ScheduledFuture<?> _ =
                beat.scheduleAtFixedRate(
                        () -> {
                            attempt(replacement::resume);
                            attempt(rotation::run);
                        },
                        0,
                        BEAT_MINUTES,
                        TimeUnit.MINUTES);
    }

    /// A fault must not end the beat: what failed is tried again in an hour.
    private static void attempt(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "record rooms: tried again in an hour", e);
        }
    }

    List<Route> routes() {
        return new RecordRoomEndpoints(known, replacement, rotation).routes();
    }

    /// What health tells of them.
    JsonObject health() {
        DeviceRotation.Outlook outlook = rotation.outlook();
        return JsonObject.EMPTY
                .with("warning", outlook.isWarning())
                .with("ending", outlook.ending())
                .with("overdue", outlook.overdue())
                .with("scarce", outlook.scarce());
    }

    @Override
    public void close() {
        beat.shutdownNow();
    }
}
