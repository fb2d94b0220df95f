package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.ShareLabel;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.SealingKey;
import org.chancery.custody.seal.Secret;
import org.chancery.custody.seal.SplitKey;

/// Splits the keys of one identity's containers among the custodians of a sharing.
final class Splitter {
    private final ArchiveIdentity identity;
    private final Sharing sharing;
    private final SecureRandom random;
    private final List<SharesEntry.Device> digests = new ArrayList<>();
    private final List<List<SealedShares.Share>> shares = new ArrayList<>();

    Splitter(ArchiveIdentity identity, Sharing sharing, SecureRandom random) {
        this.identity = identity;
        this.sharing = sharing;
        this.random = random;
        sharing.custodians().forEach(_ -> shares.add(new ArrayList<>()));
    }

    /// Splits the key of a device's container, after the container was opened with it once: a key
    /// that opens nothing is not handed out.
    void split(ArchiveDevice device, Secret key) {
        try (OlmAccount account = KeyDesk.open(device, key)) {
            assert account.ed25519().equals(device.fingerprint());
        }
        List<Secret> parts = SplitKey.split(key, sharing.k(), sharing.n(), random);
        try {
            List<Digest> made = new ArrayList<>();
            for (int index = 1; index <= sharing.n(); index++) {
                made.add(seal(device, index, parts.get(index - 1)));
            }
            digests.add(new SharesEntry.Device(device.id(), made));
        } finally {
            parts.forEach(Secret::close);
        }
    }

    private Digest seal(ArchiveDevice device, int index, Secret share) {
        ShareLabel label = ShareLabel.of(identity, device, sharing, index);
        SealingKey.Sealed sealed =
                SealingKey.seal(
                        sharing.custodians().get(index - 1).sealing(),
                        label.bytes(),
                        share,
                        random);
        shares.get(index - 1)
                .add(
                        new SealedShares.Share(
                                device.id(), sealed.encapsulated(), sealed.ciphertext()));
        return label.digest(share.bytes());
    }

    SharesEntry digests() {
        return new SharesEntry(identity.stock(), sharing.generation(), identity.number(), digests);
    }

    /// A file for each custodian, in their order.
    List<SealedShares> shares() {
        List<SealedShares> files = new ArrayList<>();
        for (int index = 1; index <= sharing.n(); index++) {
            files.add(
                    new SealedShares(
                            identity.stock(),
                            sharing.generation(),
                            identity.number(),
                            index,
                            Optional.empty(),
                            shares.get(index - 1)));
        }
        return files;
    }
}
