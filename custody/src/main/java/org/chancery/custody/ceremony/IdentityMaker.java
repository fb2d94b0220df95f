package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Container;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.Slot;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.Secret;
import org.chancery.custody.seal.SigningKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.UnpaddedBase64;

/// Makes the identities of a stock, one after the other. The private keys of one live while it is
/// made: the cross-signing keys sign its devices and are wiped, each device goes into its
/// container,
/// each container's key into shares, each share under the seal of its custodian.
public final class IdentityMaker {
    private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int LETTERS_DRAWN = 8;

    /// Stands in for the digest of all shares, which is known when all are made; no label has it.
    private static final Digest NOT_YET = Digest.of("org.chancery.not_yet.v1");

    private final CeremonyPlan plan;
    private final Sharing sharing;
    private final SecureRandom random;

    public IdentityMaker(CeremonyPlan plan, SecureRandom random) {
        this.plan = plan;
        this.sharing = new Sharing(1, plan.k(), plan.custodians(), NOT_YET);
        this.random = random;
    }

    /// An identity, the digests of its shares, and the sealed shares, one file for each custodian.
    public record Made(ArchiveIdentity identity, SharesEntry digests, List<SealedShares> shares) {}

    private record Device(ArchiveDevice device, Secret key) {}

    /// Makes the identity of that number.
    public Made make(int number) {
        List<Device> devices = new ArrayList<>();
        try {
            ArchiveIdentity identity = sign(number, plan.user(number), devices);
            identity.check(SigningKey.verifier());
            Splitter splitter = new Splitter(identity, sharing, random);
            devices.forEach(one -> splitter.split(one.device(), one.key()));
            return new Made(identity, splitter.digests(), splitter.shares());
        } finally {
            devices.forEach(one -> one.key().close());
        }
    }

    private ArchiveIdentity sign(int number, UserId user, List<Device> devices) {
        String owner = user.toString();
        try (SigningKey master = SigningKey.drawn(random);
                SigningKey selfSigning = SigningKey.drawn(random);
                SigningKey userSigning = SigningKey.drawn(random)) {
            ArchiveIdentity.CrossSigningKeys keys =
                    ArchiveIdentity.unsigned(
                            user, master.key(), selfSigning.key(), userSigning.key());
            for (Slot slot : plan.slots()) {
                devices.add(device(user, slot, selfSigning));
            }
            return new ArchiveIdentity(
                    plan.stock(),
                    number,
                    plan.use(number),
                    user,
                    new ArchiveIdentity.CrossSigningKeys(
                            keys.master(),
                            JsonSigning.sign(keys.selfSigning(), owner, master),
                            JsonSigning.sign(keys.user(), owner, master)),
                    devices.stream().map(Device::device).toList());
        }
    }

    private Device device(UserId user, Slot slot, SigningKey selfSigning) {
        try (OlmAccount account = OlmAccount.create()) {
            DeviceId id = name(slot);
            JsonObject keys =
                    ArchiveDevice.unsignedKeys(user, id, account.ed25519(), account.curve25519());
            OlmAccount.Fallback fallback = account.makeFallback();
            JsonObject fallbackKey = ArchiveDevice.unsignedFallback(fallback.key());
            Secret key = Secret.drawn(OlmAccount.KEY_BYTES, random);
            Container container = account.seal(key.bytes());
            return new Device(
                    new ArchiveDevice(
                            id,
                            slot,
                            JsonSigning.sign(
                                    signed(keys, user, id, account), user.toString(), selfSigning),
                            ArchiveDevice.fallbackKeys(
                                    fallback.id(), signed(fallbackKey, user, id, account)),
                            container),
                    key);
        }
    }

    /// The object with the device's own signature.
    private static JsonObject signed(
            JsonObject json, UserId user, DeviceId device, OlmAccount account) {
        byte[] signature = account.sign(JsonSigning.signedBytes(json));
        KeyId key = new KeyId(KeyId.ED25519, device.value());
        return JsonSigning.withSignature(
                json, user.toString(), key, UnpaddedBase64.encode(signature));
    }

    /// The slot, and letters that make the name one of its kind.
    private DeviceId name(Slot slot) {
        StringBuilder name =
                new StringBuilder(slot.toString().replace("-", "").toUpperCase(Locale.ROOT));
        for (int i = 0; i < LETTERS_DRAWN; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new DeviceId(name.toString());
    }
}
