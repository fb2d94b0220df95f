package org.chancery.archive.stock;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// How the keys of a stock are split: any `k` of the custodians together have them, fewer have
/// nothing. A re-sharing makes the next generation.
///
/// @param generation 1 for the ceremony that made the stock
/// @param custodians in the order of their shares; the first holds share 1
/// @param sharesDigest over the [org.chancery.archive.entry.SharesEntry] of each identity, in order
public record Sharing(int generation, int k, List<Custodian> custodians, Digest sharesDigest) {
    public static final int CUSTODIANS_MAX = 16;
    public static final int GENERATIONS_MAX = 1_000;
    private static final String HOLDERS = "org.chancery.holders.v1";
    private static final int K_MIN = 2;

    /// So many custodians may be lost, and the archive still opens.
    private static final int LOSSES_MIN = 2;

    private static final int ORGANISATIONS_MIN = 2;

    public Sharing {
        custodians = List.copyOf(custodians);
        if (generation < 1 || generation > GENERATIONS_MAX) {
            throw new MalformedArchive("a sharing has a generation from 1");
        }
        checkQuorum(k, custodians);
    }

    /// Refuses a quorum that one person is, that two losses break, or that one house holds alone.
    public static void checkQuorum(int k, List<Custodian> custodians) {
        int n = custodians.size();
        if (n > CUSTODIANS_MAX) {
            throw new MalformedArchive("at most " + CUSTODIANS_MAX + " custodians hold shares");
        }
        if (k < K_MIN || n - k < LOSSES_MIN) {
            throw new MalformedArchive(
                    k
                            + " of "
                            + n
                            + " is no quorum: it takes two or more to open, and two fewer than"
                            + " all, so that two may be lost");
        }
        Set<PublicKey> keys = new HashSet<>();
        for (Custodian custodian : custodians) {
            if (!keys.add(custodian.sealing()) || !keys.add(custodian.signing())) {
                throw new MalformedArchive("two custodians have one key: " + custodian.name());
            }
        }
        if (custodians.stream().map(Custodian::organisation).distinct().count()
                < ORGANISATIONS_MIN) {
            throw new MalformedArchive("the custodians must be of two organisations or more");
        }
    }

    /// Names the custodians, all of them and in their order.
    public Digest holders() {
        return Digest.ofAll(HOLDERS, custodians.stream().map(Custodian::id).toList());
    }

    public int n() {
        return custodians.size();
    }

    /// The number of the custodian's share, from 1; empty if they hold none.
    public Optional<Integer> indexOf(Digest custodian) {
        for (int i = 0; i < custodians.size(); i++) {
            if (custodians.get(i).id().equals(custodian)) {
                return Optional.of(i + 1);
            }
        }
        return Optional.empty();
    }

    /// The organisations that could open alone, as they hold `k` shares or more: to be told, as
    /// five custodians in two houses cannot do without.
    public Set<String> couldOpenAlone() {
        return custodians.stream()
                .collect(Collectors.groupingBy(Custodian::organisation, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(house -> house.getValue() >= k)
                .map(house -> house.getKey())
                .collect(Collectors.toSet());
    }

    public static Sharing parse(JsonObject json) {
        Fields fields = Fields.of(json, "a sharing");
        Sharing sharing =
                new Sharing(
                        fields.number("generation", 1, GENERATIONS_MAX),
                        fields.number("k", 1, CUSTODIANS_MAX),
                        fields.objects("custodians", CUSTODIANS_MAX).stream()
                                .map(Custodian::parse)
                                .toList(),
                        fields.parsed("shares", Digest::new));
        fields.end();
        return sharing;
    }

    public JsonObject json() {
        return JsonObject.builder()
                .put("generation", generation)
                .put("k", k)
                .put("custodians", JsonArray.of(custodians.stream().map(Custodian::json).toList()))
                .put("shares", sharesDigest.value())
                .build();
    }
}
