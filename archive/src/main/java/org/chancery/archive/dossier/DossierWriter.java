package org.chancery.archive.dossier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.MalformedArchive;

/// Writes a dossier, room after room in the order of the case's scope. It is one when [#finish] has
/// returned.
public final class DossierWriter {
    private final DossierFolder folder;
    private final CaseEntry entry;
    private final List<DossierIndex.Room> rooms = new ArrayList<>();

    /// @param proof that the case is in the log (C2SP tlog-proof)
    public DossierWriter(DossierFolder folder, CaseEntry entry, String proof) {
        this.folder = folder;
        this.entry = entry;
        folder.write(DossierLayout.CASE, entry.bytes());
        folder.write(DossierLayout.CASE_PROOF, proof.getBytes(UTF_8));
    }

    /// Begins the next room of the scope.
    ///
    /// @param proof that the binding is in the log
    public Room room(BindingEntry binding, String proof, ArchiveIdentity identity) {
        if (rooms.size() == entry.scope().size()
                || !entry.scope().get(rooms.size()).room().equals(binding.room())) {
            throw new MalformedArchive("the rooms of a dossier are those of its case, in order");
        }
        return new Room(binding, proof, identity);
    }

    /// Ends the dossier.
    public void finish(Instant madeAt) {
        if (rooms.size() != entry.scope().size()) {
            throw new MalformedArchive("a room of the case is not in the dossier");
        }
        folder.write(DossierLayout.INDEX, new DossierIndex(entry.digest(), madeAt, rooms).bytes());
    }

    /// One room of the dossier; what is added stays in that order.
    public final class Room {
        private final BindingEntry binding;
        private final int place = rooms.size();
        private final Lines.Writer events = lines(DossierLayout.EVENTS);
        private final Lines.Writer inbox = lines(DossierLayout.INBOX);
        private final Lines.Writer keyChanges = lines(DossierLayout.KEY_CHANGES);
        private final Lines.Writer sessions = lines(DossierLayout.SESSIONS);
        private final Lines.Writer blobs = lines(DossierLayout.BLOBS);
        private final Set<String> files = new HashSet<>();
        private int leaves;

        private Room(BindingEntry binding, String proof, ArchiveIdentity identity) {
            this.binding = binding;
            write(DossierLayout.BINDING, binding.bytes());
            write(DossierLayout.BINDING_PROOF, proof.getBytes(UTF_8));
            write(DossierLayout.IDENTITY, identity.bytes());
        }

        public void event(EventLine event) {
            events.add(event.bytes());
        }

        public void inbox(InboxLine message) {
            inbox.add(message.bytes());
        }

        public void keyChange(KeyChange change, String proof) {
            keyChanges.add(new KeyChange.Proved(change, proof).bytes());
        }

        public void session(Coverage coverage) {
            sessions.add(coverage.bytes());
        }

        /// A blob whose bytes are here.
        public void blob(Blob blob, byte[] bytes) {
            if (blob.length() != bytes.length || blob.pin() == Blob.Pin.GONE) {
                throw new MalformedArchive("a blob is not as long as it says");
            }
            blobs.add(blob.bytes());
            if (files.add(blob.sha256())) {
                write(DossierLayout.blob(blob.sha256()), bytes);
            }
        }

        /// A blob that is gone.
        public void blobGone(Blob blob) {
            blobs.add(
                    new Blob(blob.mxc(), blob.sha256(), blob.length(), Blob.Pin.GONE, blob.event())
                            .bytes());
        }

        /// The next leaf of the room, from number 0.
        ///
        /// @param leaf the bytes that were logged (`ledger.leaf.RoomLeaf`)
        public void leaf(byte[] leaf, String proof) {
            write(DossierLayout.leaf(leaves), leaf);
            write(DossierLayout.leafProof(leaves), proof.getBytes(UTF_8));
            leaves++;
        }

        /// The signing keys of the servers whose events these are (`ledger.export.ServerKeys`).
        public void servers(byte[] keys) {
            write(DossierLayout.SERVERS, keys);
        }

        /// Ends the room.
        public void end() {
            rooms.add(
                    new DossierIndex.Room(
                            binding.room(),
                            events.end(),
                            inbox.end(),
                            leaves,
                            keyChanges.end(),
                            sessions.end(),
                            blobs.end()));
        }

        private Lines.Writer lines(String list) {
            return new Lines.Writer(folder, DossierLayout.of(place, list));
        }

        private void write(String file, byte[] bytes) {
            folder.write(DossierLayout.of(place, file), bytes);
        }
    }
}
