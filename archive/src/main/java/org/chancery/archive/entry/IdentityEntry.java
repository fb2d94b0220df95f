package org.chancery.archive.entry;

import java.util.List;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Slot;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// The public keys of one identity of a stock and the digests of its containers: a server that
/// shows
/// clients other keys for this user is caught by whoever reads the log.
public record IdentityEntry(
        StockId stock,
        int number,
        ArchiveIdentity.Use use,
        UserId user,
        Keys keys,
        List<Device> devices)
        implements LogEntry {
    static final String TYPE = "org.chancery.stock_identity.v1";

    /// The public cross-signing keys.
    public record Keys(PublicKey master, PublicKey selfSigning, PublicKey userSigning) {}

    /// The public keys of a device and the digest of its container.
    public record Device(
            DeviceId id,
            Slot slot,
            PublicKey ed25519,
            PublicKey curve25519,
            PublicKey fallback,
            Digest container) {}

    public IdentityEntry {
        devices = List.copyOf(devices);
    }

    public static IdentityEntry of(ArchiveIdentity identity) {
        return new IdentityEntry(
                identity.stock(),
                identity.number(),
                identity.use(),
                identity.user(),
                new Keys(
                        identity.masterKey(), identity.selfSigningKey(), identity.userSigningKey()),
                identity.devices().stream().map(IdentityEntry::device).toList());
    }

    private static Device device(ArchiveDevice device) {
        return new Device(
                device.id(),
                device.slot(),
                device.fingerprint(),
                device.curve25519(),
                device.fallbackKey(),
                device.container().digest());
    }

    static IdentityEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        IdentityEntry entry =
                new IdentityEntry(
                        fields.parsed("stock", StockId::new),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.parsed("use", ArchiveIdentity.Use::parse),
                        fields.parsed("user_id", UserId::parse),
                        new Keys(
                                fields.parsed("master_key", PublicKey::new),
                                fields.parsed("self_signing_key", PublicKey::new),
                                fields.parsed("user_signing_key", PublicKey::new)),
                        fields.objects("devices", ArchiveIdentity.DEVICES_MAX).stream()
                                .map(IdentityEntry::parseDevice)
                                .toList());
        fields.end();
        return entry;
    }

    private static Device parseDevice(JsonObject json) {
        Fields fields = Fields.of(json, "a device in a log entry");
        Device device =
                new Device(
                        fields.parsed("device_id", DeviceId::parse),
                        fields.parsed("slot", Slot::parse),
                        fields.parsed("ed25519", PublicKey::new),
                        fields.parsed("curve25519", PublicKey::new),
                        fields.parsed("fallback_key", PublicKey::new),
                        fields.parsed("container", Digest::new));
        fields.end();
        return device;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("number", number)
                .put("use", use.toString())
                .put("user_id", user.toString())
                .put("master_key", keys.master().value())
                .put("self_signing_key", keys.selfSigning().value())
                .put("user_signing_key", keys.userSigning().value())
                .put("devices", JsonArray.of(devices.stream().map(this::json).toList()))
                .build();
    }

    private JsonObject json(Device device) {
        return JsonObject.builder()
                .put("device_id", device.id().value())
                .put("slot", device.slot().toString())
                .put("ed25519", device.ed25519().value())
                .put("curve25519", device.curve25519().value())
                .put("fallback_key", device.fallback().value())
                .put("container", device.container().value())
                .build();
    }
}
