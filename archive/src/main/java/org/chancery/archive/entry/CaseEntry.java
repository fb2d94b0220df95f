package org.chancery.archive.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// A case: why, which rooms and periods, who asked and who approved, and the one key to which
/// custodians may seal their shares anew. It is logged before anybody opens anything; a case that
/// only one of the two has signed is a draft and moves nobody.
///
/// @param readingRoom the HPKE key of the machine on which the records are opened
/// @param notice when the members are told
/// @param madeAt when the requester asked
/// @param signers who asked, who approved, and their signatures
public record CaseEntry(
        CaseGround ground,
        List<CaseScope> scope,
        PublicKey readingRoom,
        Notice notice,
        Instant madeAt,
        Signers signers)
        implements LogEntry {
    public static final String TYPE = "org.chancery.case.v1";

    /// Most rooms of one case.
    public static final int ROOMS_MAX = 50;

    /// When the room and the persons are told. At once needs no reason; later does.
    ///
    /// @param reason why not at once; empty where it is
    public record Notice(Instant at, String reason) {
        private static final Duration DELAY_MAX = Duration.ofDays(3 * 366);
    }

    /// Who asked and who approved, who are never the same; each with a signature over the case, in
    /// base64, which is empty until it is given.
    public record Signers(
            CaseOfficer requester, CaseOfficer approver, String requested, String approved) {
        public Signers {
            if (requester.user().equals(approver.user())
                    || requester.signing().equals(approver.signing())) {
                throw new MalformedArchive("nobody approves their own case");
            }
        }

        /// Two who have not signed yet.
        public static Signers unsigned(CaseOfficer requester, CaseOfficer approver) {
            return new Signers(requester, approver, "", "");
        }

        private JsonObject json() {
            return JsonObject.builder()
                    .put("requester", requester.json())
                    .put("approver", approver.json())
                    .put("requested", requested)
                    .put("approved", approved)
                    .build();
        }

        private static Signers parse(JsonObject json) {
            Fields fields = Fields.of(json, "the signers of a case");
            Signers signers =
                    new Signers(
                            CaseOfficer.parse(fields.object("requester")),
                            CaseOfficer.parse(fields.object("approver")),
                            fields.base64("requested"),
                            fields.base64("approved"));
            fields.end();
            return signers;
        }
    }

    public CaseEntry {
        scope = List.copyOf(scope);
        Fields fields = Fields.of(JsonObject.EMPTY, TYPE);
        fields.must(
                !scope.isEmpty() && scope.size() <= ROOMS_MAX,
                "a case is about 1 to " + ROOMS_MAX + " rooms");
        Set<RoomId> rooms = new HashSet<>();
        scope.forEach(one -> fields.must(rooms.add(one.room()), "no room stands twice"));
        boolean later = notice.at().isAfter(madeAt);
        fields.must(!notice.at().isBefore(madeAt), "the notice does not come before the case");
        fields.must(
                !notice.at().isAfter(madeAt.plus(Notice.DELAY_MAX)),
                "the notice comes within three years");
        fields.must(
                later ? CaseGround.isText(notice.reason()) : notice.reason().isEmpty(),
                "a later notice, and no other, has a reason");
    }

    /// The case with the signature of the requester; throws [MalformedArchive] for another key.
    public CaseEntry requestedBy(Signer signer) {
        String made = sign(signers.requester(), signer);
        return with(new Signers(signers.requester(), signers.approver(), made, signers.approved()));
    }

    /// The case with the signature of the approver; throws [MalformedArchive] for another key.
    public CaseEntry approvedBy(Signer signer) {
        String made = sign(signers.approver(), signer);
        return with(
                new Signers(signers.requester(), signers.approver(), signers.requested(), made));
    }

    private String sign(CaseOfficer officer, Signer signer) {
        if (!PublicKey.of(signer.publicKey()).equals(officer.signing())) {
            throw new MalformedArchive("that is not the key of " + officer.name());
        }
        return UnpaddedBase64.encode(signer.sign(signedBytes()));
    }

    private CaseEntry with(Signers signed) {
        return new CaseEntry(ground, scope, readingRoom, notice, madeAt, signed);
    }

    /// Refuses a case that its requester and its approver have not both signed. Whether these are
    /// who may ask and approve is for the reader to know: see [#check(List, Verifier)].
    public void check(Verifier verifier) {
        check(signers.requester(), signers.requested(), verifier);
        check(signers.approver(), signers.approved(), verifier);
    }

    /// Refuses a case whose requester and approver are not among the officers whose cards the
    /// reader has pinned, or that they have not signed. A server that names officers of its own is
    /// caught here.
    public void check(List<Custodian> officers, Verifier verifier) {
        for (CaseOfficer one : List.of(signers.requester(), signers.approver())) {
            if (officers.stream().noneMatch(one::isOf)) {
                throw new MalformedArchive(
                        "the case is refused: the key of "
                                + one.name()
                                + " is none of those that are pinned");
            }
        }
        check(verifier);
    }

    private void check(CaseOfficer officer, String signature, Verifier verifier) {
        byte[] value = UnpaddedBase64.decode(signature).orElse(new byte[0]);
        if (!verifier.verify(officer.signing().bytes(), signedBytes(), value)) {
            throw new MalformedArchive(
                    "the case is refused: " + officer.name() + " has not signed it");
        }
    }

    /// The part of the scope that is about that room.
    public CaseScope scope(RoomId room) {
        return scope.stream()
                .filter(one -> one.room().equals(room))
                .findFirst()
                .orElseThrow(() -> new MalformedArchive("the case is not about room " + room));
    }

    static CaseEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        List<CaseScope> scope = new ArrayList<>();
        fields.objects("scope", ROOMS_MAX).forEach(one -> scope.add(CaseScope.parse(one)));
        CaseEntry entry =
                new CaseEntry(
                        CaseGround.parse(fields.object("ground")),
                        scope,
                        fields.parsed("reading_room", PublicKey::new),
                        new Notice(fields.time("notice_at"), fields.text("notice_reason")),
                        fields.time("made_at"),
                        Signers.parse(fields.object("signers")));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("ground", ground.json())
                .put("scope", JsonArray.of(scope.stream().map(CaseScope::json).toList()))
                .put("reading_room", readingRoom.value())
                .put("notice_at", notice.at().toEpochMilli())
                .put("notice_reason", notice.reason())
                .put("made_at", madeAt.toEpochMilli())
                .put("signers", signers.json())
                .build();
    }

    /// What both sign: the case without signatures, in canonical JSON.
    public byte[] signedBytes() {
        return with(Signers.unsigned(signers.requester(), signers.approver())).bytes();
    }
}
