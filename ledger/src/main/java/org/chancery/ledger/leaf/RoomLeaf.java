package org.chancery.ledger.leaf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;
import org.jspecify.annotations.Nullable;

/// What the archive of one room took in during a while, mostly an hour: it commits to the signed
/// events and to the Olm messages in their order, and to the leaf before, and shows counts only.
///
/// @param place the room, and the number of this leaf within it
/// @param previous the leaf hash of the room's leaf before; none for the first
/// @param from when the while began, in milliseconds since 1970
/// @param until when it ended
/// @param events the events taken in
/// @param inbox the Olm messages for the archive's device taken in
/// @param types how many events there are of each type, see [LeafLimits#types]
/// @param extremities the events that no event taken in so far names among its `prev_events`, see
///     [LeafLimits#extremities]
public record RoomLeaf(
        Place place,
        @Nullable Hash previous,
        long from,
        long until,
        Taken events,
        Taken inbox,
        SortedMap<String, Long> types,
        List<EventId> extremities) {
    public static final String TYPE = "org.chancery.room_leaf.v1";

    /// Most bytes of a leaf: what a bundle of a tiled log takes.
    public static final int BYTES_MAX = 65_535;

    private static final int EXTREMITIES_MAX = LeafLimits.EXTREMITIES_MAX;
    private static final int TYPES_MAX = 256;

    /// Which leaf of which room, counted from 0.
    public record Place(RoomId room, RoomVersion version, long number) {}

    /// How many there are, and the Merkle root over their bytes (RFC 6962), in order.
    public record Taken(long count, Hash root) {
        /// Those bytes, in that order.
        public static Taken of(List<byte[]> bytes) {
            return ofHashes(bytes.stream().map(Hash::leaf).toList());
        }

        /// Those whose leaf hashes are these, in that order.
        public static Taken ofHashes(List<Hash> leaves) {
            var root = leaves.isEmpty() ? Hash.OF_EMPTY_TREE : Hash.fold(leaves);
            return new Taken(leaves.size(), root);
        }

        JsonObject json() {
            return JsonObject.builder().put("count", count).put("root", root.toString()).build();
        }
    }

    public RoomLeaf {
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
        extremities = List.copyOf(extremities);
        long sum = types.values().stream().mapToLong(Long::longValue).sum();
        boolean fits = extremities.size() <= EXTREMITIES_MAX && types.size() <= TYPES_MAX;
        if (!fits || from > until || sum != events.count() || !rises(extremities)) {
            throw new MalformedLeaf("a room leaf that contradicts itself");
        }
        if ((place.number() == 0) != (previous == null)) {
            throw new MalformedLeaf("every leaf but the first has one before it");
        }
    }

    private static boolean rises(List<EventId> ids) {
        return ids.stream()
                .map(EventId::value)
                .distinct()
                .sorted()
                .toList()
                .equals(ids.stream().map(EventId::value).toList());
    }

    /// Throws [MalformedLeaf].
    public static RoomLeaf parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var leaf =
                new RoomLeaf(
                        new Place(
                                document.parsed("room_id", RoomId::parse),
                                version(document.text("room_version")),
                                document.number("number")),
                        document.has("previous") ? document.hash("previous") : null,
                        document.number("from"),
                        document.number("until"),
                        taken(document.object("events")),
                        taken(document.object("inbox")),
                        types(document.object("types")),
                        ids(document));
        document.end();
        return leaf;
    }

    private static RoomVersion version(String id) {
        return RoomVersion.of(id).orElseThrow(() -> new MalformedLeaf("room_version"));
    }

    private static Taken taken(JsonObject json) {
        var document = Document.of(json);
        var taken = new Taken(document.number("count"), document.hash("root"));
        document.end();
        return taken;
    }

    private static SortedMap<String, Long> types(JsonObject json) {
        var types = new TreeMap<String, Long>();
        for (var member : json.entries()) {
            if (member.value() instanceof JsonInteger(var count) && count > 0) {
                types.put(member.name(), count);
            } else {
                throw new MalformedLeaf("types");
            }
        }
        return types;
    }

    private static List<EventId> ids(Document document) {
        var ids = new ArrayList<EventId>();
        for (var each : document.array("extremities", EXTREMITIES_MAX)) {
            ids.add(Document.id(each, EventId::parse));
        }
        return ids;
    }

    public Optional<Hash> before() {
        return Optional.ofNullable(previous);
    }

    /// The bytes that are logged.
    public byte[] bytes() {
        var counts = JsonObject.builder();
        types.forEach(counts::put);
        var json =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("room_id", place.room().toString())
                        .put("room_version", place.version().id())
                        .put("number", place.number())
                        .put("from", from)
                        .put("until", until)
                        .put("events", events.json())
                        .put("inbox", inbox.json())
                        .put("types", counts.build())
                        .put(
                                "extremities",
                                JsonArray.of(
                                        extremities.stream()
                                                .map(id -> new JsonString(id.value()))
                                                .toList()));
        before().ifPresent(hash -> json.put("previous", hash.toString()));
        var bytes = json.build().bytes();
        if (bytes.length > BYTES_MAX) {
            throw new MalformedLeaf("a leaf that is too large");
        }
        return bytes;
    }

    /// The hash of this leaf in the log, by which the next one names it.
    public Hash hash() {
        return Hash.leaf(bytes());
    }
}
