package org.chancery.archive.entry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// One room of a case, and the while of it: which identity of which stock is bound to it, and which
/// of its devices hold the room keys of that while. Shares of other devices are not released.
///
/// @param from the first moment in scope
/// @param until the first moment after it
public record CaseScope(
        RoomId room,
        StockId stock,
        int number,
        List<DeviceId> devices,
        Instant from,
        Instant until) {
    /// A session of the day before may go on into a period, as record rooms rotate daily.
    private static final Duration SESSION = Duration.ofDays(1);

    public CaseScope {
        devices = List.copyOf(devices);
        Fields fields = Fields.of(JsonObject.EMPTY, "the scope of a case");
        fields.must(
                number >= 1 && number <= ArchiveIdentity.NUMBER_MAX, "an identity has a number");
        fields.must(
                !devices.isEmpty()
                        && devices.size() <= ArchiveIdentity.DEVICES_MAX
                        && devices.stream().distinct().count() == devices.size(),
                "it names devices, each once");
        fields.must(from.isBefore(until), "it begins before it ends");
    }

    /// Whether a moment is in scope.
    public boolean holds(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    /// The devices of the identity that are in scope. Refuses another identity than that of the
    /// scope, a device that it does not have, and one of a quarter that lies outside the while.
    public List<ArchiveDevice> devices(ArchiveIdentity identity) {
        if (!identity.stock().equals(stock)
                || identity.number() != number
                || identity.use() != ArchiveIdentity.Use.ROOM) {
            throw new MalformedArchive(
                    "the case is about another identity than " + identity.user());
        }
        return devices.stream().map(id -> device(identity, id)).toList();
    }

    private ArchiveDevice device(ArchiveIdentity identity, DeviceId id) {
        ArchiveDevice device =
                identity.devices().stream()
                        .filter(one -> one.id().equals(id))
                        .findFirst()
                        .orElseThrow(
                                () -> new MalformedArchive("identity " + number + " has no " + id));
        if (device.slot() instanceof Quarter quarter && !overlaps(quarter)) {
            throw new MalformedArchive(
                    "the case is refused: device "
                            + id
                            + " is of "
                            + quarter
                            + ", which is not in its scope");
        }
        return device;
    }

    private boolean overlaps(Quarter quarter) {
        Quarter first = Quarter.of(day(from.minus(SESSION)));
        Quarter last = Quarter.of(day(until.minusMillis(1)));
        return quarter.compareTo(first) >= 0 && quarter.compareTo(last) <= 0;
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    static CaseScope parse(JsonObject json) {
        Fields fields = Fields.of(json, "the scope of a case");
        CaseScope scope =
                new CaseScope(
                        fields.parsed("room_id", RoomId::parse),
                        fields.parsed("stock", StockId::new),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.parsedAll("devices", ArchiveIdentity.DEVICES_MAX, DeviceId::parse),
                        fields.time("from"),
                        fields.time("until"));
        fields.end();
        return scope;
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("room_id", room.toString())
                .put("stock", stock.value())
                .put("number", number)
                .put("devices", JsonArray.ofTexts(devices))
                .put("from", from.toEpochMilli())
                .put("until", until.toEpochMilli())
                .build();
    }
}
