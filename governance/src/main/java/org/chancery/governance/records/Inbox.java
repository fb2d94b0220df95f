package org.chancery.governance.records;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.e2ee.KeptInboxes;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;

/// The mailboxes of archive users. Nobody reads them: each Olm message goes into the archive in the
/// transaction in which it arrives, so the sender's client learns that it was sent when it is kept.
/// Beside them are kept the messages by which a client says that it withholds a key. All else for
/// such a user, as requests for keys and verifications, has nobody to answer it.
///
/// A device that is no longer published gets its messages still: a client may have looked before.
public final class Inbox implements KeptInboxes {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    private static final String ALL_DEVICES = "*";
    private static final Set<String> KEPT = Set.of(Letter.OLM, Letter.WITHHELD);

    private final RecordScope rooms;
    private final EventStore events;
    private final PieceStore pieces;
    private final LetterStore letters;
    private final Wrapping wrapping;
    private final LeafDrafts drafts;
    private final InstantSource clock;

    public Inbox(
            RecordScope rooms,
            EventStore events,
            PieceStore pieces,
            LetterStore letters,
            Wrapping wrapping,
            LeafDrafts drafts,
            InstantSource clock) {
        this.rooms = rooms;
        this.events = events;
        this.pieces = pieces;
        this.letters = letters;
        this.wrapping = wrapping;
        this.drafts = drafts;
        this.clock = clock;
    }

    @Override
    public boolean keeps(UserId user) {
        return rooms.roomOf(user).isPresent();
    }

    @Override
    public void keep(
            Tx tx,
            long position,
            ToDevice.Sending sending,
            UserId user,
            Map<String, JsonObject> byDevice) {
        Optional<RoomRef> room = rooms.roomOf(user).flatMap(events::room);
        if (!KEPT.contains(sending.type()) || room.isEmpty()) {
            return;
        }
        var sender = new LetterStore.Sender(sending.sender(), sending.device());
        long now = clock.millis();
        int part = letters.countAt(tx, position);
        for (var each : addressed(user, byDevice).entrySet()) {
            if (part >= Place.PARTS_MAX) {
                LOG.log(Level.ERROR, "a request with too many messages for the archive");
                return;
            }
            Letter letter =
                    new Letter(
                            each.getKey(), sending.sender(), sending.type(), each.getValue(), now);
            Place place = new Place(room.get(), Kind.INBOX, Place.id(position, part++), now);
            pieces.open(tx, room.get(), now);
            byte[] bytes = letter.bytes();
            drafts.letter(tx, place, Hash.leaf(bytes));
            pieces.insert(tx, place, wrapping.seal(place, bytes));
            letters.insert(tx, place, sender, letter);
        }
    }

    /// What names a device goes before what is for all.
    private Map<DeviceId, JsonObject> addressed(UserId user, Map<String, JsonObject> byDevice) {
        Map<DeviceId, JsonObject> addressed = new LinkedHashMap<>();
        byDevice.forEach(
                (name, content) ->
                        device(name)
                                .filter(device -> rooms.hasDevice(user, device))
                                .ifPresent(device -> addressed.put(device, content)));
        JsonObject forAll = byDevice.get(ALL_DEVICES);
        if (forAll != null) {
            rooms.device(user).ifPresent(device -> addressed.putIfAbsent(device, forAll));
        }
        return addressed;
    }

    private static Optional<DeviceId> device(String name) {
        try {
            return Optional.of(DeviceId.parse(name));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
