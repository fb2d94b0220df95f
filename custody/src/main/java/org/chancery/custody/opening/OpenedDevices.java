package org.chancery.custody.opening;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.archive.dossier.Coverage;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.dossier.InboxLine;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.reading.InboxMessage;
import org.chancery.custody.reading.Reading;
import org.chancery.custody.reading.ReadingRoom;
import org.chancery.custody.seal.Secret;
import org.chancery.ledger.export.Opened;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// The archive devices of one room that are in scope, open in memory, after each has read its
/// inbox. They are overwritten when they are closed.
final class OpenedDevices implements AutoCloseable {
    private static final int AT_ONCE = 1_000;
    private static final String WITHHELD = "m.room_key.withheld";

    private final RoomId room;
    private final Map<DeviceId, Device> devices = new HashMap<>();
    private final Map<String, String> withheld = new HashMap<>();
    private final Set<String> presumed = new HashSet<>();
    private final Set<UserId> unreadableFrom = new HashSet<>();
    private long received;
    private long unreadable;

    private OpenedDevices(RoomId room) {
        this.room = room;
    }

    /// A device with what waits to be read by it.
    private static final class Device implements AutoCloseable {
        private final OlmAccount account;
        private final ReadingRoom reading;
        private final List<InboxMessage> waiting = new ArrayList<>();

        private Device(ArchiveIdentity identity, ArchiveDevice device, OlmAccount account) {
            this.account = account;
            this.reading = new ReadingRoom(identity.user(), device, account);
        }

        @Override
        public void close() {
            reading.close();
            account.close();
        }
    }

    /// Opens the devices in scope and lets them read. Throws where a share is corrupt, or there are
    /// too few.
    static OpenedDevices open(DossierReader.Room room, CaseOpening.Keys keys, Progress progress) {
        OpenedDevices opened = new OpenedDevices(room.scope().room());
        boolean done = false;
        try {
            ArchiveIdentity identity = room.identity();
            for (ArchiveDevice device : room.scope().devices(identity)) {
                try (Secret key = keys.key(identity, device)) {
                    opened.devices.put(
                            device.id(), new Device(identity, device, KeyDesk.open(device, key)));
                }
            }
            room.sessions(opened::note);
            room.inbox(
                    line -> {
                        opened.take(line);
                        progress.step("messages to the archive read", room.counts().inbox());
                    });
            opened.devices.values().forEach(opened::receive);
            done = true;
            return opened;
        } finally {
            if (!done) {
                opened.close();
            }
        }
    }

    private void note(Coverage session) {
        switch (session.state()) {
            case PRESUMED -> presumed.add(session.session());
            case WITHHELD -> withheld.put(session.session(), session.code());
            case UNKNOWN -> presumed.remove(session.session());
        }
    }

    private void take(InboxLine line) {
        Device device = devices.get(line.device());
        if (device == null) {
            return; // Of a device that is not in scope, and stays closed.
        }
        if (line.type().equals(WITHHELD)) {
            String code = line.content().string("code").orElse("");
            line.content().string("session_id").ifPresent(id -> withheld.putIfAbsent(id, code));
            return;
        }
        device.waiting.add(new InboxMessage(line.sender(), line.content()));
        if (device.waiting.size() == AT_ONCE) {
            receive(device);
        }
    }

    private void receive(Device device) {
        List<Optional<String>> outcome = device.reading.receive(device.waiting);
        for (int i = 0; i < outcome.size(); i++) {
            if (outcome.get(i).isPresent()) {
                unreadable++;
                unreadableFrom.add(device.waiting.get(i).sender());
            }
        }
        received += outcome.size();
        device.waiting.clear();
    }

    long received() {
        return received;
    }

    long unreadable() {
        return unreadable;
    }

    /// What the event says, by whichever device has its key.
    Reading read(JsonObject content) {
        Reading best = new Reading.Unread(Reading.Cause.NO_KEY, "");
        for (Device device : devices.values()) {
            Reading reading = device.reading.read(room, content);
            if (reading instanceof Reading.Read) {
                return reading;
            }
            if (reading instanceof Reading.Unread(Reading.Cause cause, String _)
                    && cause != Reading.Cause.NO_KEY) {
                best = reading;
            }
        }
        return best;
    }

    /// The cause of a gap, as far as it is known here.
    Opened.Unread gap(EventId event, UserId sender, JsonObject content, Reading.Unread unread) {
        String session = content.string("session_id").orElse("");
        String code = withheld.get(session);
        return switch (unread.cause()) {
            case EARLIER_THAN_KEY ->
                    new Opened.Unread(event, Opened.Cause.EARLIER_THAN_KEY, session);
            case UNDECRYPTABLE -> new Opened.Unread(event, Opened.Cause.UNDECRYPTABLE, session);
            case NOT_OF_THIS_ROOM ->
                    new Opened.Unread(event, Opened.Cause.NOT_OF_THIS_ROOM, session);
            case UNKNOWN_ALGORITHM -> new Opened.Unread(event, Opened.Cause.UNKNOWN_ALGORITHM, "");
            case NO_KEY -> {
                if (code != null) {
                    yield new Opened.Unread(event, Opened.Cause.WITHHELD, code);
                }
                Opened.Cause cause =
                        unreadableFrom.contains(sender)
                                ? Opened.Cause.OLM_UNREADABLE
                                : presumed.contains(session)
                                        ? Opened.Cause.KEY_EXPIRED
                                        : Opened.Cause.NO_KEY;
                yield new Opened.Unread(event, cause, session);
            }
        };
    }

    @Override
    public void close() {
        devices.values().forEach(Device::close);
        devices.clear();
    }
}
