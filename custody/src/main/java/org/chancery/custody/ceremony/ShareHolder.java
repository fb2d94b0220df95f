package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.entry.CaseScope;
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
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SealFault;
import org.chancery.custody.seal.SealingKey;
import org.chancery.custody.seal.Secret;

/// A custodian at home: opens their own shares, to see that they are whole or to seal them anew for
/// an order. A share leaves this class only under a seal.
public final class ShareHolder {
    private final HolderKeys keys;
    private final Sharing sharing;
    private final int index;

    /// Refuses somebody who holds no share.
    public ShareHolder(HolderKeys keys, Sharing sharing) {
        this.keys = keys;
        this.sharing = sharing;
        this.index =
                sharing.indexOf(keys.card().id())
                        .orElseThrow(
                                () ->
                                        new MalformedArchive(
                                                keys.card().name()
                                                        + " holds no share of generation "
                                                        + sharing.generation()
                                                        + " of this stock"));
    }

    /// The custodian's number, from 1.
    public int index() {
        return index;
    }

    /// How many shares of an identity are whole, and the digests of those that are not.
    public record Count(int good, List<Digest> bad) {}

    /// Opens every share of an identity.
    ///
    /// @param digests what the log says of them
    public Count count(ArchiveIdentity identity, SharesEntry digests, SealedShares file) {
        checkFile(identity, file);
        int good = 0;
        List<Digest> bad = new ArrayList<>();
        for (ArchiveDevice device : identity.devices()) {
            try (Secret share = open(identity, device, digests, file)) {
                assert share.bytes().length > 0;
                good++;
            } catch (SealFault e) {
                bad.add(digests.share(device.id(), index));
            }
        }
        return new Count(good, bad);
    }

    /// The shares of an identity, sealed anew to the desk of an order that was checked before.
    public SealedShares release(
            Order order,
            ArchiveIdentity identity,
            SharesEntry digests,
            SealedShares file,
            SecureRandom random) {
        Target desk = new Target(order.desk(), order.digest());
        return release(desk, identity, identity.devices(), digests, file, random);
    }

    /// The shares of the devices in scope of a case, sealed anew to its reading room, after the
    /// case was checked.
    public SealedShares release(
            CaseOrder order,
            ArchiveIdentity identity,
            SharesEntry digests,
            SealedShares file,
            SecureRandom random) {
        CaseScope scope =
                order.entry().scope().stream()
                        .filter(one -> one.number() == identity.number())
                        .filter(one -> one.stock().equals(identity.stock()))
                        .findFirst()
                        .orElseThrow(
                                () -> new MalformedArchive("the case is not about that identity"));
        Target room = new Target(order.entry().readingRoom(), order.digest());
        return release(room, identity, scope.devices(identity), digests, file, random);
    }

    /// Whose key opens what is released, and for what.
    private record Target(PublicKey key, Digest order) {}

    private SealedShares release(
            Target target,
            ArchiveIdentity identity,
            List<ArchiveDevice> devices,
            SharesEntry digests,
            SealedShares file,
            SecureRandom random) {
        checkFile(identity, file);
        List<SealedShares.Share> released = new ArrayList<>();
        for (ArchiveDevice device : devices) {
            byte[] info = label(identity, device).releasedFor(target.order());
            try (Secret share = open(identity, device, digests, file)) {
                SealingKey.Sealed sealed = SealingKey.seal(target.key(), info, share, random);
                released.add(
                        new SealedShares.Share(
                                device.id(), sealed.encapsulated(), sealed.ciphertext()));
            }
        }
        return new SealedShares(
                identity.stock(),
                sharing.generation(),
                identity.number(),
                index,
                Optional.of(target.order()),
                released);
    }

    private Secret open(
            ArchiveIdentity identity,
            ArchiveDevice device,
            SharesEntry digests,
            SealedShares file) {
        ShareLabel label = label(identity, device);
        Digest expected = digests.share(device.id(), index);
        SealedShares.Share sealed =
                file.of(device.id()).orElseThrow(() -> corrupt(expected, "is missing"));
        Secret share;
        try {
            share =
                    keys.sealing()
                            .open(
                                    new SealingKey.Sealed(
                                            sealed.encapsulated(), sealed.ciphertext()),
                                    label.bytes());
        } catch (SealFault e) {
            throw corrupt(expected, "does not open");
        }
        if (!label.digest(share.bytes()).equals(expected)) {
            share.close();
            throw corrupt(expected, "opens to something else");
        }
        return share;
    }

    private void checkFile(ArchiveIdentity identity, SealedShares file) {
        if (!file.stock().equals(identity.stock())
                || file.number() != identity.number()
                || file.generation() != sharing.generation()
                || file.index() != index
                || file.order().isPresent()) {
            throw new MalformedArchive(
                    "the file of shares of identity " + identity.number() + " is somebody else's");
        }
    }

    private ShareLabel label(ArchiveIdentity identity, ArchiveDevice device) {
        return ShareLabel.of(identity, device, sharing, index);
    }

    static SealFault corrupt(Digest share, String how) {
        return new SealFault("the share with the digest " + share + " " + how);
    }
}
