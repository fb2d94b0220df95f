package org.chancery.ledger.leaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class LeafLimitsTest {
    @Test
    void plain_types_are_counted_by_name_and_all_others_as_one() {
        var counts = Map.of("m.room.message", 3L, "a b", 2L, "x".repeat(101), 4L, "é", 1L);

        var types = LeafLimits.types(counts);

        assertEquals(Map.of("m.room.message", 3L, LeafLimits.OTHERS, 7L), types);
    }

    @Test
    void folding_bit_by_bit_gives_what_folding_at_once_gives() {
        var random = new SplittableRandom(5);
        Map<String, Long> all = new TreeMap<>();
        Map<String, Long> folded = new TreeMap<>();
        for (int i = 0; i < 5_000; i++) {
            String type = "t" + random.nextInt(600);
            all.merge(type, 1L, Long::sum);
            folded.merge(type, 1L, Long::sum);
            folded = new TreeMap<>(LeafLimits.types(folded));
        }

        assertEquals(LeafLimits.types(all), folded);
        assertEquals(201, folded.size());
    }

    @Test
    void a_leaf_fits_whatever_a_room_holds() {
        Map<String, Long> counts = new TreeMap<>();
        List<EventId> ends = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            counts.put("a".repeat(96) + (1_000 + i % 1_000) + "\u0001".repeat(i % 2), 1L);
            ends.add(EventId.parse("$" + "e".repeat(39) + (1_000 + i)));
        }
        Collections.reverse(ends);
        var types = LeafLimits.types(counts);
        long count = types.values().stream().mapToLong(Long::longValue).sum();
        var events = new RoomLeaf.Taken(count, RoomLeaf.Taken.of(List.of()).root());
        var none = RoomLeaf.Taken.of(List.of());
        var place = new RoomLeaf.Place(RoomId.parse("!r:example.org"), RoomVersion.V12, 0);

        var leaf =
                new RoomLeaf(place, null, 0, 1, events, none, types, LeafLimits.extremities(ends));

        assertEquals(leaf, RoomLeaf.parse(leaf.bytes()));
        assertEquals(512, leaf.extremities().size());
        assertEquals("$" + "e".repeat(39) + "1000", leaf.extremities().getFirst().value());
        assertTrue(leaf.bytes().length <= RoomLeaf.BYTES_MAX);
    }
}
