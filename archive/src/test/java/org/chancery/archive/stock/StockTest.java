package org.chancery.archive.stock;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chancery.archive.entry.Sample;
import org.junit.jupiter.api.Test;

class StockTest {
    @Test
    void a_day_lies_in_its_quarter_and_the_year_turns_after_the_fourth() {
        assertEquals("2026Q1", Quarter.of(LocalDate.of(2026, 3, 31)).toString());
        assertEquals("2026Q2", Quarter.of(LocalDate.of(2026, 4, 1)).toString());
        assertEquals("2026Q4", Quarter.of(LocalDate.of(2026, 12, 31)).toString());
        assertEquals(new Quarter(2027, 1), new Quarter(2026, 4).next());
        assertTrue(new Quarter(2026, 4).compareTo(new Quarter(2027, 1)) < 0);
    }

    @Test
    void a_slot_is_a_quarter_or_a_spare_and_nothing_else() {
        for (String text : List.of("2026Q4", "spare-1", "spare-99")) {
            assertEquals(text, Slot.parse(text).toString());
        }
        for (String text : List.of("", "2026Q5", "26Q1", "spare-0", "spare-100", "spare-", "Q")) {
            assertThrows(MalformedArchive.class, () -> Slot.parse(text), text);
        }
    }

    @Test
    void a_quorum_is_more_than_one_person_and_survives_the_loss_of_two() {
        assertDoesNotThrow(() -> Sharing.checkQuorum(3, Sample.custodians(5)));
        assertDoesNotThrow(() -> Sharing.checkQuorum(2, Sample.custodians(4)));
        refused(1, Sample.custodians(5), "no quorum");
        refused(4, Sample.custodians(5), "no quorum");
        refused(3, Sample.custodians(17), "at most 16");
    }

    @Test
    void custodians_of_one_house_or_with_one_key_are_no_quorum() {
        List<Custodian> twice = new ArrayList<>(Sample.custodians(5));
        twice.set(4, twice.getFirst());
        List<Custodian> house =
                Sample.custodians(5).stream()
                        .map(c -> new Custodian(c.name(), "City", c.sealing(), c.signing()))
                        .toList();

        refused(3, twice, "one key");
        refused(3, house, "two organisations");
    }

    @Test
    void a_house_that_could_open_alone_is_told() {
        assertEquals(Set.of("City"), Sample.sharing(1).couldOpenAlone());
        assertEquals(
                Set.of(),
                new Sharing(1, 4, Sample.custodians(6), Sample.digest(1)).couldOpenAlone());
    }

    @Test
    void a_fingerprint_is_recognised_however_it_is_typed_and_no_other_is() {
        Custodian first = Sample.custodians(2).getFirst();
        Custodian second = Sample.custodians(2).getLast();

        assertTrue(first.fingerprint().matches("[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}"));
        assertTrue(first.isFingerprint(" " + first.fingerprint().replace('-', ' ')));
        assertFalse(first.isFingerprint(second.fingerprint()));
        assertFalse(first.isFingerprint(""));
    }

    @Test
    void digests_of_different_kinds_differ_and_keep_their_one_form() {
        byte[] bytes = {1, 2, 3};

        assertFalse(Digest.of("a", bytes).equals(Digest.of("b", bytes)));
        String text = Digest.of("a", bytes).value();
        String other = text.substring(0, 42) + (char) (text.charAt(42) + 1);
        assertEquals(text, new Digest(text).toString());
        assertThrows(MalformedArchive.class, () -> new Digest(text + "="));
        assertThrows(MalformedArchive.class, () -> new Digest(other));
        assertThrows(MalformedArchive.class, () -> new PublicKey("AAAA"));
    }

    private static void refused(int k, List<Custodian> custodians, String why) {
        var fault = assertThrows(MalformedArchive.class, () -> Sharing.checkQuorum(k, custodians));
        assertTrue(fault.getMessage().contains(why), fault.getMessage());
    }
}
