package org.chancery.archive.order;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// One custodian's shares of one identity, each sealed by itself (HPKE, RFC 9180): either to the
/// custodian, as the ceremony handed them out, or anew to the desk of an order.
///
/// @param order the digest of the order for which they were sealed anew; absent at home
/// @param index the custodian's number, from 1
public record SealedShares(
        StockId stock,
        int generation,
        int number,
        int index,
        Optional<Digest> order,
        List<Share> shares) {
    /// One sealed share.
    ///
    /// @param encapsulated the key of this sealing (`enc`), in base64
    /// @param ciphertext in base64
    public record Share(DeviceId device, String encapsulated, String ciphertext) {
        private static final int LENGTH_MAX = 400;

        public Share {
            Fields.of(JsonObject.EMPTY, TYPE)
                    .must(
                            isBase64(encapsulated) && isBase64(ciphertext),
                            "a sealed share is two short texts in base64");
        }

        private static boolean isBase64(String text) {
            return text.length() <= LENGTH_MAX && Fields.isBase64(text);
        }
    }

    /// Largest file of shares in canonical JSON.
    public static final int BYTES_MAX = 1 << 16;

    private static final String TYPE = "org.chancery.sealed_shares.v1";

    public SealedShares {
        shares = List.copyOf(shares);
    }

    public Optional<Share> of(DeviceId device) {
        return shares.stream().filter(share -> share.device().equals(device)).findFirst();
    }

    /// Reads what [#bytes] wrote.
    public static SealedShares parse(byte[] bytes) {
        Fields fields = Fields.ofType(Fields.canonical(bytes, BYTES_MAX, "a file of shares"), TYPE);
        String order = fields.optionalText("order");
        SealedShares shares =
                new SealedShares(
                        fields.parsed("stock", StockId::new),
                        fields.number("generation", 1, Sharing.GENERATIONS_MAX),
                        fields.number("number", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.number("index", 1, Sharing.CUSTODIANS_MAX),
                        order.isEmpty() ? Optional.empty() : Optional.of(new Digest(order)),
                        fields.objects("shares", ArchiveIdentity.DEVICES_MAX).stream()
                                .map(SealedShares::parseShare)
                                .toList());
        fields.end();
        fields.must(Arrays.equals(bytes, shares.bytes()), "an order has a digest");
        return shares;
    }

    private static Share parseShare(JsonObject json) {
        Fields fields = Fields.of(json, "a sealed share");
        Share share =
                new Share(
                        fields.parsed("device_id", DeviceId::parse),
                        fields.text("encapsulated"),
                        fields.text("ciphertext"));
        fields.end();
        return share;
    }

    /// The file in canonical JSON.
    public byte[] bytes() {
        JsonObject.Builder json =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("stock", stock.value())
                        .put("generation", generation)
                        .put("number", number)
                        .put("index", index)
                        .put(
                                "shares",
                                JsonArray.of(shares.stream().map(SealedShares::json).toList()));
        order.ifPresent(digest -> json.put("order", digest.value()));
        return json.build().bytes();
    }

    private static JsonObject json(Share share) {
        return JsonObject.EMPTY
                .with("device_id", share.device().value())
                .with("encapsulated", share.encapsulated())
                .with("ciphertext", share.ciphertext());
    }
}
