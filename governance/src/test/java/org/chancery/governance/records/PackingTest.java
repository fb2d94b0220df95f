package org.chancery.governance.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class PackingTest {
    private static final RoomRef ROOM =
            RoomRef.stored(new RoomId("!room:house.example"), RoomVersion.V12, 1);
    private static final Place PLACE = new Place(ROOM, Kind.EVENT, Place.id(1, 0), 1);

    private final SplittableRandom random = new SplittableRandom(7);
    private final Packing packing = new Packing();

    @Test
    void whatever_is_packed_comes_back_byte_for_byte() {
        String[] alphabets = {"AZaz09+/", "AZaz09-_", "AZaz09+/-_", "AZ09+/-_\",:{ $é", "\0ÿ "};
        for (int i = 0; i < 5_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int run = random.nextInt(12); run >= 0; run--) {
                String alphabet = alphabets[random.nextInt(alphabets.length)];
                for (int n = random.nextInt(90); n > 0; n--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
            }
            byte[] bytes = text.toString().getBytes(UTF_8);

            assertArrayEquals(bytes, Packing.unpack(PLACE, packing.pack(bytes)), text.toString());
        }
    }

    @Test
    void an_encrypted_event_loses_a_sixth_and_other_text_is_deflated() {
        byte[] noise = new byte[600];
        random.nextBytes(noise);
        String message = Base64.getEncoder().withoutPadding().encodeToString(noise);
        byte[] event = ("{\"ciphertext\":\"" + message + "\",\"type\":\"x\"}").getBytes(UTF_8);
        byte[] words = "a plain word of a room ".repeat(20).getBytes(UTF_8);

        byte[] packedEvent = packing.pack(event);
        byte[] packedWords = packing.pack(words);

        assertEquals(2, packedEvent[0]);
        assertTrue(packedEvent.length < event.length * 5 / 6);
        assertEquals(1, packedWords[0]);
        assertTrue(packedWords.length < words.length / 2);
    }

    @Test
    void broken_bytes_are_refused_and_never_grow_beyond_bounds() {
        for (int i = 0; i < 20_000; i++) {
            byte[] broken = new byte[random.nextInt(40) + 1];
            random.nextBytes(broken);
            broken[0] = (byte) random.nextInt(4);
            try {
                assertTrue(Packing.unpack(PLACE, broken).length <= 1 << 20);
            } catch (Unreadable refused) {
                assertTrue(String.valueOf(refused.getMessage()).contains("pack"));
            }
        }
        byte[] cut = packing.pack("QUJD".repeat(200).getBytes(UTF_8));
        assertThrows(
                Unreadable.class, () -> Packing.unpack(PLACE, Arrays.copyOf(cut, cut.length - 1)));
    }
}
