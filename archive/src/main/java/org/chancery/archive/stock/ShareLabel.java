package org.chancery.archive.stock;

import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What a share belongs to. Its bytes are the `info` under which the share is sealed (HPKE, RFC
/// 9180,
/// section 5.1), so that a share moved to another place does not open.
///
/// @param number the identity's place in the stock
/// @param fingerprint the Ed25519 key of the device
/// @param index the share's number, from 1
/// @param holders the digest over all custodians of the sharing: with another list of custodians,
///     who might sign orders of their own, no share opens
public record ShareLabel(
        StockId stock,
        int generation,
        int number,
        UserId identity,
        Slot slot,
        DeviceId device,
        PublicKey fingerprint,
        int index,
        int k,
        int n,
        Digest custodian,
        Digest holders) {
    private static final String TYPE = "org.chancery.share.v1";
    private static final String RELEASE = "org.chancery.released_share.v1";

    public static ShareLabel of(
            ArchiveIdentity identity, ArchiveDevice device, Sharing sharing, int index) {
        return new ShareLabel(
                identity.stock(),
                sharing.generation(),
                identity.number(),
                identity.user(),
                device.slot(),
                device.id(),
                device.fingerprint(),
                index,
                sharing.k(),
                sharing.n(),
                sharing.custodians().get(index - 1).id(),
                sharing.holders());
    }

    /// The label in canonical JSON.
    public byte[] bytes() {
        return json().bytes();
    }

    /// What the log keeps of a share: it names a corrupt one, and tells nothing of a good one,
    /// which
    /// is 32 random bytes.
    public Digest digest(byte[] share) {
        return Digest.of(TYPE, bytes(), share);
    }

    /// What a share is bound to when it is sealed anew for an order: the label, the order, and with
    /// it the place in the log and the key of the desk.
    public byte[] releasedFor(Digest order) {
        return JsonObject.EMPTY
                .with("type", RELEASE)
                .with("order", order.value())
                .with("share", json())
                .bytes();
    }

    private JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("generation", generation)
                .put("number", number)
                .put("user_id", identity.toString())
                .put("slot", slot.toString())
                .put("device_id", device.value())
                .put("fingerprint", fingerprint.value())
                .put("index", index)
                .put("k", k)
                .put("n", n)
                .put("custodian", custodian.value())
                .put("holders", holders.value())
                .build();
    }
}
