package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.ShareLabel;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.olm.OlmFault;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SealFault;
import org.chancery.custody.seal.SealingKey;
import org.chancery.custody.seal.Secret;
import org.chancery.custody.seal.SplitKey;

/// The desk at which released shares come together: it checks each against the digest that the log
/// has of it, joins them, and opens the container.
public final class KeyDesk {
    private final HolderKeys desk;
    private final Digest order;
    private final Sharing sharing;
    private final SecureRandom random;

    /// Refuses an order that names another desk.
    public KeyDesk(HolderKeys desk, Order order, Sharing sharing, SecureRandom random) {
        this(desk, order.desk(), order.digest(), sharing, random);
    }

    /// The desk of a case. Refuses a case that names another reading room.
    public KeyDesk(HolderKeys desk, CaseOrder order, Sharing sharing, SecureRandom random) {
        this(desk, order.entry().readingRoom(), order.digest(), sharing, random);
    }

    private KeyDesk(
            HolderKeys desk, PublicKey key, Digest order, Sharing sharing, SecureRandom random) {
        if (!key.equals(desk.card().sealing())) {
            throw new MalformedArchive("the order is for the key of another desk");
        }
        this.desk = desk;
        this.order = order;
        this.sharing = sharing;
        this.random = random;
    }

    /// The key of a device's container. Throws [SealFault] where shares are too few or corrupt, and
    /// names the corrupt.
    ///
    /// @param releases of one identity, by different custodians
    public Secret key(
            ArchiveIdentity identity,
            ArchiveDevice device,
            SharesEntry digests,
            List<SealedShares> releases) {
        Map<Integer, Secret> shares = new HashMap<>();
        try {
            for (SealedShares release : releases) {
                if (shares.containsKey(release.index())) {
                    throw new SealFault("two releases of custodian " + release.index());
                }
                shares.put(release.index(), share(identity, device, digests, release));
            }
            if (shares.size() < sharing.k()) {
                throw new SealFault(
                        shares.size()
                                + " custodians released their shares; it takes "
                                + sharing.k());
            }
            return SplitKey.join(shares, sharing.k(), sharing.n(), random);
        } finally {
            shares.values().forEach(Secret::close);
        }
    }

    private Secret share(
            ArchiveIdentity identity,
            ArchiveDevice device,
            SharesEntry digests,
            SealedShares release) {
        if (!release.stock().equals(identity.stock())
                || release.number() != identity.number()
                || release.generation() != sharing.generation()
                || release.index() > sharing.n()
                || !release.order().filter(order::equals).isPresent()) {
            throw new MalformedArchive("a release for another order or another identity");
        }
        ShareLabel label = ShareLabel.of(identity, device, sharing, release.index());
        Digest expected = digests.share(device.id(), release.index());
        SealedShares.Share sealed =
                release.of(device.id())
                        .orElseThrow(() -> ShareHolder.corrupt(expected, "was not released"));
        Secret share;
        try {
            share =
                    desk.sealing()
                            .open(
                                    new SealingKey.Sealed(
                                            sealed.encapsulated(), sealed.ciphertext()),
                                    label.releasedFor(order));
        } catch (SealFault e) {
            throw ShareHolder.corrupt(expected, "does not open at this desk");
        }
        if (!label.digest(share.bytes()).equals(expected)) {
            share.close();
            throw ShareHolder.corrupt(expected, "is corrupt: it is not what the log knows");
        }
        return share;
    }

    /// The device in its container. Throws [SealFault] where the key does not open it, or what is
    /// in it is not the private half of what the device publishes.
    public static OlmAccount open(ArchiveDevice device, Secret key) {
        OlmAccount account;
        try {
            account = OlmAccount.open(device.container(), key.bytes());
        } catch (OlmFault e) {
            throw new SealFault(
                    "the container of device " + device.id() + " does not open with this key");
        }
        if (!account.ed25519().equals(device.fingerprint())
                || !account.curve25519().equals(device.curve25519())) {
            account.close();
            throw new SealFault("in the container of device " + device.id() + " lies another");
        }
        return account;
    }

    /// Opens every device of an identity, reads with it what was written to it for the purpose, and
    /// closes it: what is found wrong is returned in words.
    public List<String> prove(
            ArchiveIdentity identity, SharesEntry digests, List<SealedShares> releases) {
        List<String> faults = new ArrayList<>();
        for (ArchiveDevice device : identity.devices()) {
            try (Secret key = key(identity, device, digests, releases);
                    OlmAccount account = open(device, key)) {
                if (Rehearsal.play(identity.user(), device, account, 1) != 1) {
                    faults.add("device " + device.id() + " does not read what is written to it");
                }
            } catch (SealFault e) {
                faults.add(e.getMessage());
            }
        }
        return faults;
    }
}
