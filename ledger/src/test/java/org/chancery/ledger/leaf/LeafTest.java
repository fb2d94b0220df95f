package org.chancery.ledger.leaf;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeafTest {
    private static final RoomId ROOM = RoomId.parse("!room:example.org");
    private static final Hash HASH = Hash.leaf(new byte[] {1});
    private static final EventId A = EventId.parse("$a");
    private static final EventId B = EventId.parse("$b");

    @Test
    void a_room_leaf_is_read_back_as_it_was_written() {
        for (var leaf : List.of(leaf(0, null, A), leaf(7, HASH, A, B))) {
            var again = RoomLeaf.parse(leaf.bytes());

            assertEquals(leaf, again);
            assertEquals(leaf.hash(), again.hash());
            assertArrayEquals(leaf.bytes(), again.bytes());
        }
        assertEquals(Optional.of(HASH), leaf(7, HASH, A).before());
    }

    @Test
    void a_room_leaf_has_one_text() {
        String text = new String(leaf(7, HASH, A, B).bytes(), UTF_8);

        assertEquals(
                "{\"events\":{\"count\":3,\"root\":\""
                        + taken(3).root()
                        + "\"},"
                        + "\"extremities\":[\"$a\",\"$b\"],\"from\":1,"
                        + "\"inbox\":{\"count\":0,\"root\":\""
                        + Hash.OF_EMPTY_TREE
                        + "\"},"
                        + "\"number\":7,\"previous\":\""
                        + HASH
                        + "\","
                        + "\"room_id\":\"!room:example.org\",\"room_version\":\"12\","
                        + "\"type\":\"org.chancery.room_leaf.v1\","
                        + "\"types\":{\"m.room.encrypted\":2,\"m.room.member\":1},\"until\":2}",
                text);
    }

    @Test
    void a_leaf_that_contradicts_itself_is_none() {
        assertThrows(MalformedLeaf.class, () -> leaf(0, HASH, A));
        assertThrows(MalformedLeaf.class, () -> leaf(1, null, A));
        assertThrows(MalformedLeaf.class, () -> leaf(1, HASH, B, A));
        assertThrows(MalformedLeaf.class, () -> leaf(1, HASH, A, A));
        assertThrows(MalformedLeaf.class, () -> leaf(taken(4), 1, 2));
        assertThrows(MalformedLeaf.class, () -> leaf(taken(3), 3, 2));
    }

    @Test
    void texts_of_another_form_are_refused() {
        String good = new String(leaf(7, HASH, A, B).bytes(), UTF_8);
        for (String wrong :
                List.of(
                        "",
                        "[]",
                        " " + good,
                        good.replace("\"from\":1", "\"from\": 1"),
                        good.replace("\"from\":1", "\"from\":-1"),
                        good.replace("\"from\":1", "\"from\":\"1\""),
                        good.replace("\"from\":1,", ""),
                        good.replace("\"number\"", "\"more\":1,\"number\""),
                        good.replace("room_leaf.v1", "room_leaf.v2"),
                        good.replace("!room", "room"),
                        good.replace("\"12\"", "\"99\""),
                        good.replace("\"$a\"", "\"a\""),
                        good.replace("\"$a\"", "1"),
                        good.replace("\"count\":0", "\"count\":0,\"more\":0"),
                        good.replace("\"m.room.member\":1", "\"m.room.member\":0"),
                        good.replace(HASH.toString(), "x"))) {
            assertThrows(MalformedLeaf.class, () -> RoomLeaf.parse(wrong.getBytes(UTF_8)), wrong);
        }
        assertThrows(MalformedLeaf.class, () -> RoomLeaf.parse(new byte[65_536]));
    }

    @Test
    void the_root_is_over_the_bytes_in_their_order() {
        var bytes = List.of(new byte[] {1}, new byte[] {2});

        assertEquals(
                Hash.node(Hash.leaf(bytes.get(0)), Hash.leaf(bytes.get(1))),
                RoomLeaf.Taken.of(bytes).root());
        assertEquals(Hash.OF_EMPTY_TREE, RoomLeaf.Taken.of(List.of()).root());
    }

    @Test
    void an_export_leaf_is_read_back_and_nothing_else() {
        var leaf = new ExportLeaf(ROOM, HASH, Hash.OF_EMPTY_TREE, 5);
        String text = new String(leaf.bytes(), UTF_8);

        assertEquals(leaf, ExportLeaf.parse(leaf.bytes()));
        assertThrows(MalformedLeaf.class, () -> new ExportLeaf(ROOM, HASH, HASH, -1));
        assertThrows(
                MalformedLeaf.class,
                () -> ExportLeaf.parse(text.replace("{", "{\"a\":1,").getBytes(UTF_8)));
    }

    @FuzzTest
    void parse(byte[] bytes) {
        sameOrRefused(bytes);
    }

    @Test
    void bytes_that_are_almost_leaves_are_read_as_themselves_or_refused() {
        var random = new SplittableRandom(8);
        byte[] good = leaf(7, HASH, A, B).bytes();
        for (int round = 0; round < 20_000; round++) {
            var bytes = good.clone();
            for (int i = random.nextInt(3); i >= 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) (32 + random.nextInt(96));
            }
            sameOrRefused(bytes);
        }
    }

    private static void sameOrRefused(byte[] bytes) {
        RoomLeaf leaf;
        try {
            leaf = RoomLeaf.parse(bytes);
        } catch (MalformedLeaf refused) {
            return;
        }
        assertTrue(leaf.from() <= leaf.until());
        assertArrayEquals(bytes, leaf.bytes());
    }

    private static RoomLeaf.Taken taken(int count) {
        return new RoomLeaf.Taken(count, HASH);
    }

    private static RoomLeaf leaf(long number, @Nullable Hash previous, EventId... ends) {
        return new RoomLeaf(
                new RoomLeaf.Place(ROOM, RoomVersion.V12, number),
                previous,
                1,
                2,
                taken(3),
                RoomLeaf.Taken.of(List.of()),
                new TreeMap<>(Map.of("m.room.encrypted", 2L, "m.room.member", 1L)),
                List.of(ends));
    }

    private static RoomLeaf leaf(RoomLeaf.Taken events, long from, long until) {
        return new RoomLeaf(
                new RoomLeaf.Place(ROOM, RoomVersion.V12, 0),
                null,
                from,
                until,
                events,
                RoomLeaf.Taken.of(List.of()),
                new TreeMap<>(Map.of("m.room.encrypted", 3L)),
                List.of());
    }
}
