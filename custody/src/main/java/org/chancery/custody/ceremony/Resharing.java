package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.util.List;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.seal.Secret;

/// Splits the keys of a stock anew, identity by identity: each key is brought together, opens its
/// container once, and is split among the new custodians. The old shares are not revoked by it.
public final class Resharing {
    private final KeyDesk desk;
    private final Sharing next;
    private final SecureRandom random;

    /// @param next the new custodians; its digest of shares is of no account yet
    public Resharing(KeyDesk desk, Sharing next, SecureRandom random) {
        this.desk = desk;
        this.next = next;
        this.random = random;
    }

    /// The new digests and sealed shares of an identity.
    public record Reshared(SharesEntry digests, List<SealedShares> shares) {}

    /// @param digests of the old shares
    /// @param releases of the old shares
    public Reshared reshare(
            ArchiveIdentity identity, SharesEntry digests, List<SealedShares> releases) {
        Splitter splitter = new Splitter(identity, next, random);
        for (ArchiveDevice device : identity.devices()) {
            try (Secret key = desk.key(identity, device, digests, releases)) {
                splitter.split(device, key);
            }
        }
        return new Reshared(splitter.digests(), splitter.shares());
    }
}
