package org.chancery.archive.entry;

import java.util.List;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// The digests of the shares of one identity's keys: a share that does not give its digest is
/// corrupt, and is named by it. (Shamir's scheme alone would give another key, and no error.)
public record SharesEntry(StockId stock, int generation, int number, List<Device> devices)
        implements LogEntry {
    static final String TYPE = "org.chancery.stock_shares.v1";
    private static final String OF_ALL = "org.chancery.shares.v1";

    /// @param shares the digest of each custodian's share, in their order
    public record Device(DeviceId id, List<Digest> shares) {
        public Device {
            shares = List.copyOf(shares);
            if (shares.isEmpty() || shares.size() > Sharing.CUSTODIANS_MAX) {
                throw new MalformedArchive("a key has a share for each custodian");
            }
        }
    }

    public SharesEntry {
        devices = List.copyOf(devices);
    }

    /// The digest over the shares of all identities of a stock.
    public static Digest digestOf(List<Digest> sharesEntries) {
        return Digest.ofAll(OF_ALL, sharesEntries);
    }

    /// The digest of one share.
    ///
    /// @param index the share's number, from 1
    public Digest share(DeviceId device, int index) {
        for (Device one : devices) {
            if (one.id().equals(device) && index >= 1 && index <= one.shares().size()) {
                return one.shares().get(index - 1);
            }
        }
        throw new MalformedArchive("there is no share " + index + " of device " + device);
    }

    static SharesEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        SharesEntry entry =
                new SharesEntry(
                        fields.parsed("stock", StockId::new),
                        fields.number("generation", 1, Sharing.GENERATIONS_MAX),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.objects("devices", ArchiveIdentity.DEVICES_MAX).stream()
                                .map(SharesEntry::parseDevice)
                                .toList());
        fields.end();
        return entry;
    }

    private static Device parseDevice(JsonObject json) {
        Fields fields = Fields.of(json, "the shares of a device");
        Device device =
                new Device(
                        fields.parsed("device_id", DeviceId::parse),
                        fields.parsedAll("shares", Sharing.CUSTODIANS_MAX, Digest::new));
        fields.end();
        return device;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("generation", generation)
                .put("number", number)
                .put("devices", JsonArray.of(devices.stream().map(SharesEntry::json).toList()))
                .build();
    }

    private static JsonObject json(Device device) {
        return JsonObject.EMPTY
                .with("device_id", device.id().value())
                .with("shares", JsonArray.ofTexts(device.shares()));
    }
}
