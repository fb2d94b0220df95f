package org.chancery.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.api.governance.CaseEndpoints;
import org.chancery.api.governance.RoomNames;
import org.chancery.api.http.Route;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.governance.cases.CaseNotices;
import org.chancery.governance.cases.CaseStore;
import org.chancery.governance.cases.Cases;
import org.chancery.governance.cases.Outcomes;
import org.chancery.governance.records.Dossiers;
import org.chancery.governance.rooms.ClosedRooms;
import org.chancery.governance.rooms.DeviceRotation;
import org.chancery.governance.rooms.DeviceTerm;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Cases about record rooms, and the notices of them.
///
/// @param dossiers the folder in which dossiers lie
record Casework(Cases cases, CaseNotices notices, Outcomes outcomes, Path dossiers)
        implements AutoCloseable {
    /// What a case asks of the archive of record rooms.
    private record Archive(Dossiers dossiers, DeviceRotation rotation, ClosedRooms closed)
            implements Cases.Archive {
        @Override
        public void fix(List<RoomId> rooms) {
            dossiers.fix(rooms);
        }

        @Override
        public boolean mayRotate(RoomId room) {
            return rotation.hasNext(room) || closed.contains(room);
        }

        @Override
        public void rotate(RoomId room, DeviceId published) {
            if (rotation.hasNext(room) || !closed.contains(room)) {
                rotation.rotate(room, published, DeviceTerm.Cause.OPENING);
            }
        }

        @Override
        public void write(CaseEntry entry, DossierFolder folder) {
            dossiers.write(entry, folder);
        }
    }

    static Casework of(
            DataFolder folder,
            Stores stores,
            Rooms rooms,
            SealedRooms sealedRooms,
            Governance governance,
            Dossiers dossiers,
            InstantSource clock) {
        CaseStore store = stores.cases();
        Journal journal = rooms.stores().journal();
        Cases cases =
                new Cases(
                        store,
                        journal,
                        governance.log(),
                        sealedRooms.known(),
                        new Archive(dossiers, sealedRooms.rotation(), sealedRooms.closed()),
                        BouncyEd25519.verifier(),
                        clock);
        CaseNotices notices =
                new CaseNotices(
                        store,
                        journal,
                        governance.log(),
                        new CaseNotices.Room(
                                rooms.writer(), stores.states(), sealedRooms.known().service()),
                        clock,
                        Thread.ofPlatform().daemon().name("case-notices").factory());
        Outcomes outcomes = new Outcomes(cases, journal, governance.log());
        return new Casework(cases, notices, outcomes, folder.dossiers());
    }

    /// Finishes what broke off.
    void start() {
        cases.resume();
        notices.ask();
    }

    List<Route> routes(RoomNames names) {
        return new CaseEndpoints(
                        cases,
                        notices,
                        outcomes,
                        new CaseEndpoints.HandOver() {
                            @Override
                            public Given give(String caseId, UserId by) {
                                return write(caseId, by);
                            }

                            @Override
                            public Download fetch(String caseId, UserId by) {
                                return read(caseId, by);
                            }
                        },
                        names)
                .routes();
    }

    /// Writes a dossier anew; what was written before is replaced.
    private synchronized CaseEndpoints.HandOver.Given write(String caseId, UserId by) {
        Path place = dossiers.resolve(cases.get(caseId).id());
        try {
            var proof = cases.handOver(caseId, by, DossierDisk.empty(place));
            return new CaseEndpoints.HandOver.Given(proof, place.toAbsolutePath().toString());
        } catch (IOException e) {
            throw new UncheckedIOException("a dossier cannot be written", e);
        }
    }

    /// What was written, as it lies there. One that is being written is none yet.
    private synchronized CaseEndpoints.HandOver.Download read(String caseId, UserId by) {
        Path place = dossiers.resolve(cases.officers(caseId, by).id());
        if (!Files.exists(place.resolve(DossierDisk.LAST))) {
            throw new MatrixError.NotFound("The dossier has not been written yet").asException();
        }
        try {
            FolderTar tar = FolderTar.of(place, "dossier-" + caseId);
            cases.fetched(caseId, by);
            return new CaseEndpoints.HandOver.Download(tar, tar.length());
        } catch (IOException e) {
            throw new UncheckedIOException("a dossier cannot be read", e);
        }
    }

    @Override
    public void close() {
        notices.close();
    }
}
