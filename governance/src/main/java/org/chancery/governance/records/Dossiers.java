package org.chancery.governance.records;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.dossier.Blob;
import org.chancery.archive.dossier.Coverage;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.dossier.DossierWriter;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.governance.records.BlobPins.Pin;
import org.chancery.governance.records.LoggedLeaves.Logged;
import org.chancery.governance.records.PieceStore.Archive;
import org.chancery.governance.records.PieceStore.Kept;
import org.chancery.governance.records.RoomLeafStore.Made;
import org.chancery.governance.stock.StockStore;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.media.BlobStore;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.Json;

/// Writes what an opening needs of the archive, for a case that is in the log.
///
/// A dossier holds of each room what its leaves commit to that were logged before the case: what
/// had been said was fixed before anybody asked. So who makes a case lets the leaves of its rooms
/// be
/// made first, with [#fix].
public final class Dossiers {
    private static final int PAGE = 200;
    private static final Duration PRESENT_WITHIN = Duration.ofSeconds(20);

    private final RoomLeaves leaves;
    private final Archives archives;
    private final Stocks stocks;
    private final LoggedLeaves log;
    private final Files files;
    private final Present present;
    private final InstantSource clock;

    /// The tables that are read.
    public record Archives(
            PieceStore pieces, RoomLeafStore leaves, SessionStore sessions, BlobPins pins) {}

    /// What is handed over beside the tables.
    ///
    /// @param keys the signing keys of servers, as an export has them (`ledger.export.ServerKeys`)
    public record Files(ServerName server, BlobStore blobs, Keys keys) {}

    /// The signing keys of servers.
    @FunctionalInterface
    public interface Keys {
        byte[] bytes();
    }

    public Dossiers(
            RoomLeaves leaves,
            Archives archives,
            Stocks stocks,
            LoggedLeaves log,
            Files files,
            Present present,
            InstantSource clock) {
        this.leaves = leaves;
        this.archives = archives;
        this.stocks = stocks;
        this.log = log;
        this.files = files;
        this.present = present;
        this.clock = clock;
    }

    /// Makes a leaf of all that has been said so far in these rooms; to be called, and to be in the
    /// log, before the leaf of a case about them.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_BAD_STATE` while the archive is
    /// behind
    ///     what was said, so that a case never fixes less than that
    public void fix(List<RoomId> rooms) {
        boolean all = present.await(PRESENT_WITHIN);
        for (RoomId room : all ? rooms : List.<RoomId>of()) {
            all &= leaves.fix(archive(room));
        }
        if (!all) {
            throw new MatrixError.BadState(
                            "The archive is behind what was said in these rooms; try again later")
                    .asException();
        }
    }

    /// Writes the dossier of a case.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` where the case is not in
    ///     the log, or a room of it has no archive
    /// @throws Unreadable where a piece is broken; what was written is then no dossier
    public void write(CaseEntry entry, DossierFolder folder) {
        Logged logged = logged(entry.bytes(), "The case");
        DossierWriter writer = new DossierWriter(folder, entry, logged.proof());
        for (CaseScope scope : entry.scope()) {
            write(writer, scope.room(), logged.index());
        }
        writer.finish(Instant.ofEpochMilli(clock.millis()));
    }

    private void write(DossierWriter writer, RoomId id, long caseIndex) {
        Archive archive = archive(id);
        StockStore.Bound bound =
                stocks.bound(id)
                        .orElseThrow(
                                () -> new MatrixError.NotFound("Nothing is bound").asException());
        BindingEntry entry = entry(bound);
        DossierWriter.Room room =
                writer.room(entry, logged(entry.bytes(), "The binding").proof(), bound.identity());
        RoomLeafStore.Reach reach = writeLeaves(room, archive, caseIndex);
        walk(archive, Kind.EVENT, reach.events(), kept -> room.event(event(kept)));
        walk(
                archive,
                Kind.INBOX,
                reach.inbox(),
                kept -> room.inbox(Letter.parse(open(kept)).line()));
        walk(archive, Kind.KEYS, Long.MAX_VALUE, kept -> writeKeys(room, kept));
        writeSessions(room, archive);
        writeBlobs(room, archive);
        room.servers(files.keys().bytes());
        room.end();
    }

    private static BindingEntry entry(StockStore.Bound bound) {
        ArchiveIdentity identity = bound.identity();
        return new BindingEntry(
                identity.stock(), identity.number(), identity.user(), bound.room(), bound.at());
    }

    /// The leaves that stand in the log before the case.
    ///
    /// @return how far they reach
    private RoomLeafStore.Reach writeLeaves(
            DossierWriter.Room room, Archive archive, long caseIndex) {
        RoomLeafStore.Reach reach = new RoomLeafStore.Reach(-1, 0, 0);
        List<Made> page = archives.leaves().read(archive.room(), 0, PAGE);
        while (!page.isEmpty()) {
            for (Made made : page) {
                Optional<Logged> logged =
                        log.find(made.bytes()).filter(it -> it.index() < caseIndex);
                if (logged.isEmpty()) {
                    return reach;
                }
                room.leaf(made.bytes(), logged.get().proof());
                reach = made.reach();
            }
            page = archives.leaves().read(archive.room(), reach.number() + 1, PAGE);
        }
        return reach;
    }

    private static EventLine event(Kept kept) {
        return kept.sealed().isPresent()
                ? new EventLine.Kept(Json.parseObject(open(kept)))
                : EventLine.parse(kept.mark().bytes());
    }

    /// A change that is not in the log yet comes with the next dossier.
    private void writeKeys(DossierWriter.Room room, Kept kept) {
        KeyChange change = KeyChange.parse(Json.parseObject(open(kept)));
        log.find(change.entry().bytes())
                .ifPresent(logged -> room.keyChange(change, logged.proof()));
    }

    private void writeSessions(DossierWriter.Room room, Archive archive) {
        List<SessionStore.Told> page = archives.sessions().read(archive.room(), 0, PAGE);
        while (!page.isEmpty()) {
            for (SessionStore.Told told : page) {
                Session session = told.session();
                room.session(
                        new Coverage(
                                session.sender().user(),
                                session.id(),
                                Coverage.State.valueOf(told.state().name()),
                                (int) Math.min(session.covered().orElse(0), Integer.MAX_VALUE),
                                told.code()));
            }
            long last = page.getLast().session().first().piece();
            page = archives.sessions().read(archive.room(), last, PAGE);
        }
    }

    private void writeBlobs(DossierWriter.Room room, Archive archive) {
        List<Pin> page = archives.pins().read(archive.room(), 0, PAGE);
        while (!page.isEmpty()) {
            for (Pin pin : page) {
                writeBlob(room, archive, pin);
            }
            page = archives.pins().read(archive.room(), page.getLast().ordinal(), PAGE);
        }
    }

    private void writeBlob(DossierWriter.Room room, Archive archive, Pin pin) {
        if (pin.length() > Blob.BYTES_MAX) {
            throw new MatrixError.TooLarge("A file is too large for a dossier").asException();
        }
        Blob blob =
                new Blob(
                        "mxc://" + files.server() + "/" + pin.media(),
                        pin.blob(),
                        pin.length(),
                        pin.linked() ? Blob.Pin.LINKED : Blob.Pin.INFERRED,
                        pin.linked() ? linked(archive, pin) : Optional.empty());
        try (InputStream in = files.blobs().open(pin.blob())) {
            room.blob(blob, in.readNBytes(Blob.BYTES_MAX));
        } catch (IOException gone) {
            room.blobGone(blob);
        }
    }

    private Optional<EventId> linked(Archive archive, Pin pin) {
        long id = Place.id(pin.event(), 0);
        return archives.pieces().read(archive.room(), Kind.EVENT, id - 1, id, 1).stream()
                .filter(kept -> kept.sealed().isPresent())
                .map(kept -> RoomLeaves.event(open(kept), archive.room().version()).eventId())
                .findFirst();
    }

    private static byte[] open(Kept kept) {
        return Wrapping.open(
                kept.place(),
                kept.sealed().orElseThrow(() -> new Unreadable(kept.place(), "disposed of")));
    }

    private interface Step {
        void take(Kept kept);
    }

    private void walk(Archive archive, Kind kind, long upTo, Step step) {
        long from = 0;
        List<Kept> page = archives.pieces().read(archive.room(), kind, from, upTo, PAGE);
        while (!page.isEmpty()) {
            page.forEach(step::take);
            from = page.getLast().place().id();
            page = archives.pieces().read(archive.room(), kind, from, upTo, PAGE);
        }
    }

    private Archive archive(RoomId room) {
        return archives.pieces()
                .archive(room)
                .orElseThrow(() -> new MatrixError.NotFound("No archive of " + room).asException());
    }

    private Logged logged(byte[] leaf, String what) {
        return log.find(leaf)
                .orElseThrow(() -> new MatrixError.NotFound(what + " is not logged").asException());
    }
}
