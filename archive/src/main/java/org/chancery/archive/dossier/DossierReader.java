package org.chancery.archive.dossier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.MalformedArchive;

/// Reads a dossier. What it reads comes from a server that may lie: each thing is bounded and in
/// its one form, and whether it is true follows from signatures, proofs and shares only.
public final class DossierReader {
    /// Largest proof from the log.
    public static final int PROOF_BYTES_MAX = 1 << 16;

    private static final int LEAF_BYTES_MAX = 65_535;
    private static final int SERVERS_BYTES_MAX = 16 * 1024 * 1024;

    private final DossierFolder folder;
    private final CaseEntry entry;
    private final String proof;

    private DossierReader(DossierFolder folder, CaseEntry entry, String proof) {
        this.folder = folder;
        this.entry = entry;
        this.proof = proof;
    }

    /// The dossier in that folder, or the part of one that custodians get, with the case and the
    /// bindings only. Refuses a folder without a case.
    public static DossierReader open(DossierFolder folder) {
        byte[] bytes = needed(folder, DossierLayout.CASE, LogEntry.BYTES_MAX);
        if (LogEntry.parse(bytes) instanceof CaseEntry entry) {
            byte[] proof = needed(folder, DossierLayout.CASE_PROOF, PROOF_BYTES_MAX);
            return new DossierReader(folder, entry, new String(proof, UTF_8));
        }
        throw new MalformedArchive(DossierLayout.CASE + " is not the leaf of a case");
    }

    public CaseEntry entry() {
        return entry;
    }

    /// That the case is in the log (C2SP tlog-proof).
    public String proof() {
        return proof;
    }

    /// What is in the dossier; refuses one that was not finished, or is of another case.
    public DossierIndex index() {
        DossierIndex index =
                DossierIndex.parse(needed(folder, DossierLayout.INDEX, DossierIndex.BYTES_MAX));
        if (!index.of().equals(entry.digest())
                || !index.rooms().stream()
                        .map(DossierIndex.Room::room)
                        .toList()
                        .equals(entry.scope().stream().map(CaseScope::room).toList())) {
            throw new MalformedArchive("the dossier is not of the case that lies in it");
        }
        return index;
    }

    /// The binding of the room at that place of the scope, from 0. Refuses that of another room or
    /// identity.
    public BindingEntry binding(int place) {
        CaseScope scope = entry.scope().get(place);
        byte[] bytes = needed(place, DossierLayout.BINDING, LogEntry.BYTES_MAX);
        if (LogEntry.parse(bytes) instanceof BindingEntry binding
                && binding.room().equals(scope.room())
                && binding.stock().equals(scope.stock())
                && binding.number() == scope.number()) {
            return binding;
        }
        throw new MalformedArchive(
                "the case is refused: it names an identity that is not bound to " + scope.room());
    }

    /// That the binding is in the log.
    public String bindingProof(int place) {
        return text(needed(place, DossierLayout.BINDING_PROOF, PROOF_BYTES_MAX));
    }

    /// The room at that place of the scope, from 0.
    public Room room(int place) {
        return new Room(place, index().rooms().get(place));
    }

    /// One room of the dossier. Each list is read anew, from its beginning, a piece at a time.
    public final class Room {
        private final int place;
        private final DossierIndex.Room counts;

        private Room(int place, DossierIndex.Room counts) {
            this.place = place;
            this.counts = counts;
        }

        public DossierIndex.Room counts() {
            return counts;
        }

        public CaseScope scope() {
            return entry.scope().get(place);
        }

        public BindingEntry binding() {
            return DossierReader.this.binding(place);
        }

        public String bindingProof() {
            return DossierReader.this.bindingProof(place);
        }

        /// The identity with its containers; refuses another than that of the scope.
        public ArchiveIdentity identity() {
            byte[] bytes = needed(place, DossierLayout.IDENTITY, ArchiveIdentity.BYTES_MAX);
            ArchiveIdentity identity = ArchiveIdentity.parse(bytes);
            scope().devices(identity);
            return identity;
        }

        public void events(Consumer<EventLine> reader) {
            lines(DossierLayout.EVENTS, counts.events(), l -> reader.accept(EventLine.parse(l)));
        }

        public void inbox(Consumer<InboxLine> reader) {
            lines(DossierLayout.INBOX, counts.inbox(), l -> reader.accept(InboxLine.parse(l)));
        }

        public void keyChanges(Consumer<KeyChange.Proved> reader) {
            lines(
                    DossierLayout.KEY_CHANGES,
                    counts.keyChanges(),
                    l -> reader.accept(KeyChange.Proved.parse(l)));
        }

        public void sessions(Consumer<Coverage> reader) {
            lines(DossierLayout.SESSIONS, counts.sessions(), l -> reader.accept(Coverage.parse(l)));
        }

        public void blobs(Consumer<Blob> reader) {
            lines(DossierLayout.BLOBS, counts.blobs(), l -> reader.accept(Blob.parse(l)));
        }

        /// The bytes of a blob, empty where they are not there.
        public Optional<byte[]> file(Blob blob) {
            return blob.pin() == Blob.Pin.GONE
                    ? Optional.empty()
                    : folder.read(
                            DossierLayout.of(place, DossierLayout.blob(blob.sha256())),
                            Blob.BYTES_MAX);
        }

        /// The bytes of the room's leaf with that number.
        public byte[] leaf(int number) {
            return needed(place, DossierLayout.leaf(number), LEAF_BYTES_MAX);
        }

        public String leafProof(int number) {
            return text(needed(place, DossierLayout.leafProof(number), PROOF_BYTES_MAX));
        }

        /// The signing keys of the servers whose events these are.
        public byte[] servers() {
            return needed(place, DossierLayout.SERVERS, SERVERS_BYTES_MAX);
        }

        private void lines(String list, long lines, Consumer<byte[]> reader) {
            Lines.read(folder, DossierLayout.of(place, list), lines, reader);
        }
    }

    private byte[] needed(int place, String file, int bytesMax) {
        return needed(folder, DossierLayout.of(place, file), bytesMax);
    }

    private static byte[] needed(DossierFolder folder, String path, int bytesMax) {
        return folder.read(path, bytesMax)
                .orElseThrow(() -> new MalformedArchive("the dossier has no " + path));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
