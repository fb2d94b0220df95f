package org.chancery.governance.cases;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.CaseStepEntry;
import org.chancery.archive.entry.CaseStepEntry.Step;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Quarter;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.governance.rooms.RecordRoom;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.verify.TlogProof;

/// The life of a case.
///
/// # From draft to dossier
/// Somebody *drafts* it: for which reason, about which rooms and when. The server adds which
/// devices
/// of the archive that concerns. They sign the draft at home and thereby *request* it. Somebody
/// else, whom the draft names, signs too and thereby *approves* it, or *refuses* it with a reason.
/// With the approval the case becomes a leaf of the log, in one transaction; the devices whose keys
/// the case concerns are taken out of use, so that what is said from then on is not opened by it;
/// the rooms are told, at once or when the case says ([CaseNotices]). When witnesses have seen the
/// leaf, the dossier is *handed over*. Whoever is killed in between goes on from where they were.
///
/// The keys with which officers sign are checked here against what the draft names; whether these
/// are the right people's is checked by the custodians' programs, which pin them.
public final class Cases {
    /// Most cases of a page.
    public static final int PAGE_MAX = 100;

    private static final System.Logger LOG = System.getLogger(Cases.class.getName());
    private static final int UNPREPARED_MAX = 1_000;
    private static final int REFUSAL_LENGTH_MAX = 1_000;

    /// A session of the day before may go on into the scope.
    private static final Duration SESSION = Duration.ofDays(1);

    private final CaseStore store;
    private final Journal journal;
    private final ServerLog log;
    private final RecordRooms rooms;
    private final Archive archive;
    private final Verifier verifier;
    private final InstantSource clock;

    /// What a case asks of the archive.
    public interface Archive {
        /// Commits in the log to all that has come so far in these rooms.
        void fix(List<RoomId> rooms);

        /// Whether [#rotate] can take the published device of a room's archive out of use.
        boolean mayRotate(RoomId room);

        /// Takes that device of a room's archive out of use, for the next, if it is published
        /// still. A room that has been replaced needs none, as nothing is said in it any more.
        void rotate(RoomId room, DeviceId published);

        /// Writes the dossier of a case that is in the log.
        void write(CaseEntry entry, DossierFolder folder);
    }

    public Cases(
            CaseStore store,
            Journal journal,
            ServerLog log,
            RecordRooms rooms,
            Archive archive,
            Verifier verifier,
            InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.log = log;
        this.rooms = rooms;
        this.archive = archive;
        this.verifier = verifier;
        this.clock = clock;
    }

    /// Writes a case down, for its requester to sign.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_INVALID_PARAM` for what is no case,
    ///     `M_NOT_FOUND` for a room that is no record room, `M_INVALID_ROOM_STATE` for one whose
    ///     archive has no device left for what is said afterwards
    public HeldCase draft(CaseWish wish) {
        Instant now = now();
        CaseEntry entry;
        try {
            List<CaseScope> scope = new ArrayList<>();
            wish.parts().forEach(part -> scope.add(scope(part)));
            CaseEntry.Notice notice =
                    wish.notice().at().isAfter(now)
                            ? wish.notice()
                            : new CaseEntry.Notice(now, wish.notice().reason());
            entry =
                    new CaseEntry(
                            wish.ground(),
                            scope,
                            wish.readingRoom(),
                            notice,
                            now,
                            CaseEntry.Signers.unsigned(wish.requester(), wish.approver()));
        } catch (MalformedArchive e) {
            throw invalid(e);
        }
        requireDevices(entry);
        HeldCase draft =
                new HeldCase(
                        HeldCase.id(entry),
                        0,
                        entry,
                        CaseState.DRAFTED,
                        now,
                        Optional.empty(),
                        false,
                        Optional.empty());
        return journal.commit(Changes.of(tx -> store.insert(tx, draft)));
    }

    /// The devices that were published in that while, and who they are.
    private CaseScope scope(CaseWish.Part part) {
        RecordRoom room =
                rooms.find(part.room())
                        .orElseThrow(
                                () ->
                                        new MatrixError.NotFound("No record room: " + part.room())
                                                .asException());
        Instant from = part.from().minus(SESSION);
        List<DeviceId> devices =
                rooms.devices(room.archive()).stream()
                        .filter(term -> term.from().isBefore(part.until()))
                        .filter(term -> term.until().map(from::isBefore).orElse(true))
                        .filter(term -> !(term.slot() instanceof Quarter) || isOf(term, part))
                        .map(DeviceTerm::device)
                        .toList();
        return new CaseScope(
                part.room(), room.stock(), room.number(), devices, part.from(), part.until());
    }

    private static boolean isOf(DeviceTerm term, CaseWish.Part part) {
        Quarter quarter = term.slot() instanceof Quarter of ? of : term.period();
        return quarter.compareTo(quarter(part.from().minus(SESSION))) >= 0
                && quarter.compareTo(quarter(part.until().minusMillis(1))) <= 0;
    }

    private static Quarter quarter(Instant at) {
        return Quarter.of(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    /// What is said after an opening is for another device than the one that is opened. Where
    /// there is none, that is said before anything of the case is logged.
    private void requireDevices(CaseEntry entry) {
        for (CaseScope scope : entry.scope()) {
            if (published(scope).isPresent() && !archive.mayRotate(scope.room())) {
                throw new MatrixError.InvalidRoomState(
                                "The archive of "
                                        + scope.room()
                                        + " has no device left for what is said after an opening:"
                                        + " let who keeps order there replace the room, which takes"
                                        + " a new archive from the stock, and ask again")
                        .asException();
            }
        }
    }

    /// The device in the scope that is published still.
    private Optional<DeviceId> published(CaseScope scope) {
        return rooms.find(scope.room()).map(RecordRoom::device).filter(scope.devices()::contains);
    }

    /// Takes the requester's signature.
    public HeldCase request(String id, UserId by, String signature) {
        HeldCase drafted = get(id);
        if (drafted.state() == CaseState.DRAFTED) {
            requireDevices(drafted.entry());
        }
        return step(
                id,
                (tx, held) -> {
                    CaseEntry entry = held.entry();
                    mustBe(by, entry.signers().requester().user(), "requests");
                    if (held.state() == CaseState.REQUESTED) {
                        return held; // Asked again, perhaps as the answer was lost.
                    }
                    must(held, CaseState.DRAFTED);
                    CaseEntry signed = signed(entry, signature, "");
                    checkSignature(signed, entry.signers().requester().signing(), signature);
                    note(tx, signed, Step.REQUESTED, by);
                    return held.to(CaseState.REQUESTED, signed, now());
                });
    }

    /// Takes the approver's signature: the case becomes a leaf of the log.
    public HeldCase approve(String id, UserId by, String signature) {
        HeldCase requested = get(id);
        mustBe(by, requested.entry().signers().approver().user(), "approves");
        CaseEntry signed =
                signed(requested.entry(), requested.entry().signers().requested(), signature);
        checkSignature(signed, signed.signers().approver().signing(), signature);
        if (requested.state() == CaseState.REQUESTED) {
            requireDevices(signed);
            archive.fix(signed.scope().stream().map(CaseScope::room).toList());
        }
        HeldCase approved =
                step(
                        id,
                        (tx, held) -> {
                            if (held.state() == CaseState.APPROVED) {
                                return held;
                            }
                            must(held, CaseState.REQUESTED);
                            try {
                                signed.check(verifier);
                            } catch (MalformedArchive e) {
                                throw invalid(e);
                            }
                            log.note(tx, signed.bytes());
                            return held.to(CaseState.APPROVED, signed, now());
                        });
        prepare(approved);
        return get(id);
    }

    /// Refuses a case, for good.
    public HeldCase refuse(String id, UserId by, String reason) {
        if (reason.isBlank() || reason.length() > REFUSAL_LENGTH_MAX) {
            throw new MatrixError.InvalidParam(
                            "A refusal has a reason of at most " + REFUSAL_LENGTH_MAX)
                    .asException();
        }
        return step(
                id,
                (tx, held) -> {
                    mustBe(by, held.entry().signers().approver().user(), "approves or refuses");
                    must(held, CaseState.REQUESTED);
                    note(tx, held.entry(), Step.REFUSED, by);
                    HeldCase refused = held.to(CaseState.REFUSED, held.entry(), now());
                    return new HeldCase(
                            refused.id(),
                            refused.number(),
                            refused.entry(),
                            refused.state(),
                            refused.changedAt(),
                            Optional.of(reason),
                            refused.prepared(),
                            refused.noticedAt());
                });
    }

    /// Finishes what approvals have begun, after a crash.
    public void resume() {
        for (HeldCase held : store.unprepared(UNPREPARED_MAX)) {
            try {
                prepare(held);
            } catch (MatrixException e) {
                LOG.log(Level.WARNING, "a device stays in use: " + e.error().message());
            }
        }
    }

    /// Takes devices out of use that the case will have opened. Who approves again after a crash
    /// may do so while [#resume] does.
    private void prepare(HeldCase approved) {
        if (approved.prepared() || approved.state() != CaseState.APPROVED) {
            return;
        }
        for (CaseScope scope : approved.entry().scope()) {
            published(scope).ifPresent(device -> archive.rotate(scope.room(), device));
        }
        journal.commit(
                Changes.of(
                        tx -> {
                            store.prepared(tx, approved.id());
                            return true;
                        }));
    }

    /// Writes the dossier of an approved case that witnesses have seen. For its officers.
    ///
    /// @return that the case is in the log
    public TlogProof handOver(String id, UserId by, DossierFolder folder) {
        HeldCase held = officers(id, by);
        CaseEntry entry = held.entry();
        TlogProof proof = proof(held);
        archive.write(entry, folder);
        journal.commit(
                Changes.of(
                        tx -> {
                            note(tx, entry, Step.HANDED_OVER, by);
                            return true;
                        }));
        return proof;
    }

    /// An officer of the case fetches the dossier that was written for it, which is a leaf.
    public void fetched(String id, UserId by) {
        CaseEntry entry = officers(id, by).entry();
        journal.commit(
                Changes.of(
                        tx -> {
                            note(tx, entry, Step.HANDED_OVER, by);
                            return true;
                        }));
    }

    /// The case, for its officers and for nobody else.
    public HeldCase officers(String id, UserId by) {
        HeldCase held = get(id);
        if (!held.isOfficer(by)) {
            throw new MatrixError.Forbidden("Only an officer of the case may").asException();
        }
        return held;
    }

    /// That the leaf of an approved case is in the log, as witnesses have seen it.
    public TlogProof proof(HeldCase held) {
        must(held, CaseState.APPROVED);
        return log.prove(Hash.leaf(held.entry().bytes()))
                .orElseThrow(
                        () ->
                                new MatrixError.NotFound(
                                                "The case is not witnessed yet; try again later")
                                        .asException());
    }

    /// Cases, the newest first, below that number.
    public List<HeldCase> page(long before, int limit) {
        return store.page(before, Math.clamp(limit, 1, PAGE_MAX));
    }

    /// Those of them whose officer that is.
    public List<HeldCase> page(UserId officer, long before, int limit) {
        return store.page(officer, before, Math.clamp(limit, 1, PAGE_MAX));
    }

    /// A case.
    public HeldCase get(String id) {
        return store.find(id).orElseThrow(Cases::unknown);
    }

    private interface Act {
        HeldCase on(Tx tx, HeldCase held);
    }

    private HeldCase step(String id, Act act) {
        return journal.commit(
                Changes.of(
                        tx -> {
                            HeldCase held = store.find(tx, id).orElseThrow(Cases::unknown);
                            HeldCase changed = act.on(tx, held);
                            if (!changed.equals(held)) {
                                store.update(tx, changed);
                            }
                            return changed;
                        }));
    }

    private void note(Tx tx, CaseEntry entry, Step step, UserId by) {
        log.note(tx, new CaseStepEntry(CaseStepEntry.digestOf(entry), step, by, now()).bytes());
    }

    private static CaseEntry signed(CaseEntry entry, String requested, String approved) {
        CaseEntry.Signers signers = entry.signers();
        return new CaseEntry(
                entry.ground(),
                entry.scope(),
                entry.readingRoom(),
                entry.notice(),
                entry.madeAt(),
                new CaseEntry.Signers(
                        signers.requester(), signers.approver(), requested, approved));
    }

    private void checkSignature(CaseEntry entry, PublicKey key, String signature) {
        boolean holds =
                UnpaddedBase64.decode(signature)
                        .filter(value -> verifier.verify(key.bytes(), entry.signedBytes(), value))
                        .isPresent();
        if (!holds) {
            throw new MatrixError.InvalidParam("The signature is not that of the officer's key")
                    .asException();
        }
    }

    private static void mustBe(UserId by, UserId officer, String what) {
        if (!by.equals(officer)) {
            throw new MatrixError.Forbidden("The case names somebody else who " + what + " it")
                    .asException();
        }
    }

    private static void must(HeldCase held, CaseState state) {
        if (held.state() != state) {
            throw new MatrixError.InvalidParam("The case is " + held.state() + ", not " + state)
                    .asException();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static RuntimeException unknown() {
        return new MatrixError.NotFound("No such case").asException();
    }

    private static RuntimeException invalid(MalformedArchive e) {
        return new MatrixError.InvalidParam(String.valueOf(e.getMessage())).asException();
    }
}
