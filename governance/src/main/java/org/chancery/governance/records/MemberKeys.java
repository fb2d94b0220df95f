package org.chancery.governance.records;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.stock.Digest;
import org.chancery.homeserver.e2ee.CrossSigningStore;
import org.chancery.homeserver.e2ee.DeviceDirectory;
import org.chancery.homeserver.e2ee.KeyStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;

/// Notes how the keys of members of record rooms change: each change is a piece of the archive and,
/// under a salt, a leaf of the log. So it can be told later whether who signed a message was then
/// who they are now.
public final class MemberKeys {
    private static final String OF_USER = "";
    private static final String DIGEST = "org.chancery.member_keys.v1";
    private static final int SALT_BYTES = 32;

    private final KeyStore keys;
    private final CrossSigningStore crossSigning;
    private final DeviceDirectory devices;
    private final Tables tables;
    private final LeafLog log;
    private final SecureRandom random;
    private final InstantSource clock;

    /// Where it is written.
    public record Tables(PieceStore pieces, MemberKeyStore members, Wrapping wrapping) {}

    public MemberKeys(
            KeyStore keys,
            CrossSigningStore crossSigning,
            DeviceDirectory devices,
            Tables tables,
            LeafLog log,
            SecureRandom random,
            InstantSource clock) {
        this.keys = keys;
        this.crossSigning = crossSigning;
        this.devices = devices;
        this.tables = tables;
        this.log = log;
        this.random = random;
        this.clock = clock;
    }

    /// Compares the keys of a member with what was noted last, and notes what is other.
    ///
    /// @param id of the first piece to be written; the next ones follow it
    /// @return how many pieces were written
    int look(Tx tx, RoomRef room, UserId user, long id) {
        Writing writing = new Writing(tx, room, user, id);
        Map<String, Digest> noted = tables.members().noted(tx, room, user);
        Set<String> seen = new HashSet<>();
        current(tx, user)
                .forEach(
                        (of, now) -> {
                            seen.add(of);
                            Digest digest = Digest.of(DIGEST, now.bytes());
                            if (!digest.equals(noted.get(of))) {
                                tables.members().note(tx, room, user, of, digest);
                                writing.write(
                                        of.equals(OF_USER)
                                                ? KeyChange.Kind.CROSS_SIGNING
                                                : KeyChange.Kind.DEVICE,
                                        now);
                            }
                        });
        for (String of : noted.keySet()) {
            if (!seen.contains(of)) {
                tables.members().forget(tx, room, user, of);
                writing.gone(of);
            }
        }
        return writing.written;
    }

    private Map<String, JsonObject> current(Tx tx, UserId user) {
        Map<String, JsonObject> current = new TreeMap<>();
        for (DeviceId device : devices.devices(tx, user)) {
            keys.deviceKeys(tx, user, device).ifPresent(json -> current.put(device.value(), json));
        }
        JsonObject.Builder ofUser = JsonObject.builder();
        crossSigning
                .keys(tx, user)
                .forEach(
                        (usage, key) ->
                                ofUser.put(usage.name().toLowerCase(Locale.ROOT) + "_key", key));
        JsonObject crossSigned = ofUser.build();
        if (!crossSigned.isEmpty()) {
            current.put(OF_USER, crossSigned);
        }
        return current;
    }

    private final class Writing {
        private final Tx tx;
        private final RoomRef room;
        private final UserId user;
        private final long first;
        private final Instant now = Instant.ofEpochMilli(clock.millis());
        private int written;

        Writing(Tx tx, RoomRef room, UserId user, long first) {
            this.tx = tx;
            this.room = room;
            this.user = user;
            this.first = first;
        }

        void gone(String of) {
            if (of.equals(OF_USER)) {
                write(KeyChange.Kind.CROSS_SIGNING, JsonObject.EMPTY);
            } else {
                write(KeyChange.Kind.DEVICE_GONE, JsonObject.of("device_id", of));
            }
        }

        void write(KeyChange.Kind kind, JsonObject of) {
            byte[] salt = new byte[SALT_BYTES];
            random.nextBytes(salt);
            KeyChange change =
                    new KeyChange(user, kind, of, new Digest(UnpaddedBase64.encode(salt)), now);
            Place place = new Place(room, Kind.KEYS, first + written++, now.toEpochMilli());
            tables.pieces().insert(tx, place, tables.wrapping().seal(place, change.json().bytes()));
            log.note(tx, change.entry().bytes());
        }
    }
}
