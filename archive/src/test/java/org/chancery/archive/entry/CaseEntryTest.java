package org.chancery.archive.entry;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.junit.jupiter.api.Test;

class CaseEntryTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    private final TestOfficer rita = TestOfficer.drawn();
    private final TestOfficer anton = TestOfficer.drawn();

    @Test
    void a_case_that_both_have_signed_and_whose_keys_are_pinned_holds() {
        CaseEntry entry = entry().requestedBy(rita).approvedBy(anton);

        assertDoesNotThrow(() -> entry.check(pinned(), TestOfficer::verify));
    }

    @Test
    void a_case_that_one_has_signed_moves_nobody() {
        CaseEntry entry = entry().requestedBy(rita);

        var fault = refused(() -> entry.check(pinned(), TestOfficer::verify));

        assertEquals("the case is refused: Anton has not signed it", fault.getMessage());
    }

    @Test
    void a_case_of_officers_whose_keys_nobody_pinned_is_refused() {
        CaseEntry entry = entry().requestedBy(rita).approvedBy(anton);
        List<Custodian> others = List.of(card("Rita", TestOfficer.drawn()), card("Anton", anton));

        var fault = refused(() -> entry.check(others, TestOfficer::verify));

        assertEquals(
                "the case is refused: the key of Rita is none of those that are pinned",
                fault.getMessage());
    }

    @Test
    void a_changed_case_is_not_what_was_signed() {
        CaseEntry signed = entry().requestedBy(rita).approvedBy(anton);
        CaseEntry changed =
                new CaseEntry(
                        signed.ground(),
                        signed.scope(),
                        Sample.key(99),
                        signed.notice(),
                        signed.madeAt(),
                        signed.signers());

        refused(() -> changed.check(TestOfficer::verify));
    }

    @Test
    void nobody_approves_their_own_case() {
        CaseOfficer rita = officer("@rita:example.org", "Rita", this.rita);

        refused(() -> CaseEntry.Signers.unsigned(rita, rita));
        refused(
                () ->
                        CaseEntry.Signers.unsigned(
                                rita, officer("@other:example.org", "Other", this.rita)));
    }

    @Test
    void a_later_notice_needs_a_reason_and_has_an_end() {
        refused(() -> with(new CaseEntry.Notice(AT.plusSeconds(1), "")));
        refused(() -> with(new CaseEntry.Notice(AT.minusSeconds(1), "")));
        refused(() -> with(new CaseEntry.Notice(AT.plus(Duration.ofDays(2_000)), "Later.")));
        assertDoesNotThrow(() -> with(new CaseEntry.Notice(AT, "")));
    }

    @Test
    void no_room_stands_twice_in_a_case() {
        CaseEntry one = Sample.caseEntry();
        List<CaseScope> twice = List.of(one.scope().getFirst(), one.scope().getFirst());

        refused(
                () ->
                        new CaseEntry(
                                one.ground(),
                                twice,
                                one.readingRoom(),
                                one.notice(),
                                one.madeAt(),
                                one.signers()));
        refused(() -> one.scope(RoomId.parse("!other:example.org")));
    }

    @Test
    void the_same_case_at_another_place_of_the_log_is_another_order() {
        CaseEntry entry = entry().requestedBy(rita).approvedBy(anton);

        assertNotEquals(new CaseOrder(entry, 7).digest(), new CaseOrder(entry, 8).digest());
    }

    private CaseEntry entry() {
        return with(new CaseEntry.Notice(AT, ""));
    }

    private CaseEntry with(CaseEntry.Notice notice) {
        CaseEntry sample = Sample.caseEntry();
        return new CaseEntry(
                sample.ground(),
                sample.scope(),
                sample.readingRoom(),
                notice,
                AT,
                CaseEntry.Signers.unsigned(
                        officer("@rita:example.org", "Rita", rita),
                        officer("@anton:example.org", "Anton", anton)));
    }

    private List<Custodian> pinned() {
        return List.of(card("Rita", rita), card("Anton", anton));
    }

    private static Custodian card(String name, TestOfficer officer) {
        return new Custodian(name, "City", Sample.key(77), officer.key());
    }

    private static CaseOfficer officer(String user, String name, TestOfficer of) {
        return new CaseOfficer(UserId.parse(user), name, of.key());
    }

    private static MalformedArchive refused(org.junit.jupiter.api.function.Executable act) {
        return assertThrows(MalformedArchive.class, act);
    }
}
