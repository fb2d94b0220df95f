package org.chancery.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.opening.CaseCheck;
import org.chancery.custody.reading.InboxMessage;
import org.chancery.custody.reading.Reading;
import org.chancery.custody.reading.ReadingRoom;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.KeyFile;
import org.chancery.custody.seal.Secret;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// An archivist who keeps to no rule: with the devices of one case in hand, tries to read what lies
/// in the dossier of another, and what is outside the scope.
final class OpenedByHand {
    private final Custodians custodians;

    OpenedByHand(Custodians custodians) {
        this.custodians = custodians;
    }

    /// The events of a dossier that the devices of a case read.
    ///
    /// @param with the case whose devices are opened, and what was released for it
    /// @param what the dossier that is tried
    /// @param redirected every message of the inbox is tried by every device, whomever it was for
    Set<String> read(RecordHouse.Handed with, List<String> releases, Path what, boolean redirected)
            throws Exception {
        DossierReader own = DossierReader.open(new DossierOnDisk(with.dossier()));
        DossierReader.Room room = DossierReader.open(new DossierOnDisk(what)).room(0);
        CaseScope scope = own.room(0).scope();
        ArchiveIdentity identity = own.room(0).identity();
        StockFolder stock = StockFolder.open(custodians.file("stock/public"));
        Sharing sharing = stock.latest().sharing();
        SharesEntry digests = stock.shares(sharing.generation(), scope.number());
        List<SealedShares> shares = new ArrayList<>();
        for (String release : releases) {
            shares.add(SharesFolder.open(custodians.file(release)).read(scope.number()));
        }
        Set<String> read = new HashSet<>();
        try (HolderKeys keys = unlock()) {
            KeyDesk desk = new KeyDesk(keys, order(own, keys), sharing, new SecureRandom());
            for (ArchiveDevice device : scope.devices(identity)) {
                try (Secret key = desk.key(identity, device, digests, shares);
                        OlmAccount account = KeyDesk.open(device, key);
                        ReadingRoom reading = new ReadingRoom(identity.user(), device, account)) {
                    reading.receive(inbox(room, device, redirected));
                    read.addAll(read(reading, room));
                }
            }
        }
        return read;
    }

    private HolderKeys unlock() throws Exception {
        byte[] file = Files.readAllBytes(custodians.file("reading"));
        return KeyFile.unlock(file, Custodians.PASSWORD.toCharArray());
    }

    private CaseOrder order(DossierReader dossier, HolderKeys keys) throws Exception {
        return CaseCheck.check(
                dossier,
                List.of(custodians.card("root"), custodians.card("anton")),
                LogPolicy.parse(Files.readAllBytes(custodians.file("policy"))),
                keys.card().sealing());
    }

    private static List<InboxMessage> inbox(
            DossierReader.Room room, ArchiveDevice device, boolean redirected) {
        List<InboxMessage> inbox = new ArrayList<>();
        room.inbox(
                line -> {
                    JsonObject content = line.content();
                    JsonObject all = content.object("ciphertext").orElse(JsonObject.EMPTY);
                    if (redirected && all.size() == 1) {
                        String ours = device.curve25519().value();
                        JsonObject one = all.object(all.names().getFirst()).orElseThrow();
                        content = content.with("ciphertext", JsonObject.of(ours, one));
                    }
                    inbox.add(new InboxMessage(line.sender(), content));
                });
        return inbox;
    }

    private static Set<String> read(ReadingRoom reading, DossierReader.Room room) {
        RoomId id = room.scope().room();
        Set<String> read = new HashSet<>();
        room.events(
                line -> {
                    if (line instanceof EventLine.Kept(JsonObject json)) {
                        Pdu event = Pdu.parse(json, RoomVersion.V12);
                        if (event.type().equals("m.room.encrypted")
                                && reading.read(id, event.content()) instanceof Reading.Read) {
                            read.add(event.eventId().value());
                        }
                    }
                });
        return read;
    }
}
