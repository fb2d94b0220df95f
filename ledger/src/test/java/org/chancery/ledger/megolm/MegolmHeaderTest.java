package org.chancery.ledger.megolm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class MegolmHeaderTest {
    @Test
    void the_index_is_a_number_of_up_to_32_bits_in_groups_of_seven() {
        assertEquals(OptionalLong.of(0), index(3, 8, 0, 18));
        assertEquals(OptionalLong.of(127), index(3, 8, 127));
        assertEquals(OptionalLong.of(300), index(3, 8, 0xac, 2, 18));
        assertEquals(OptionalLong.of(4_294_967_295L), index(3, 8, 0xff, 0xff, 0xff, 0xff, 0x0f));
    }

    @Test
    void what_is_no_message_has_no_index() {
        for (var wrong :
                List.of(
                        index(),
                        index(3, 8),
                        index(2, 8, 1),
                        index(3, 18, 1),
                        index(3, 8, 0x80),
                        index(3, 8, 0xff, 0xff, 0xff, 0xff, 0x10),
                        index(3, 8, 0x80, 0x80, 0x80, 0x80, 0x80, 1))) {
            assertEquals(OptionalLong.empty(), wrong);
        }
    }

    private static OptionalLong index(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return MegolmHeader.index(bytes);
    }
}
