package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Gives out one-time keys (client-server API, "POST /keys/claim").
///
/// A key is chosen and taken inside the journal's transaction, where one claim follows the other,
/// so
/// that none is given twice; and only when the taking is durable is it told to anyone.
public final class KeyClaims {
    /// Keys that one request may claim.
    static final int CLAIMS_MAX = 10_000;

    /// Keys claimed in one change, so that others need not wait long.
    private static final int CLAIMS_PER_CHANGE_MAX = 100;

    /// A wish for a key of a device.
    public record Wish(UserId user, DeviceId device, String algorithm) {}

    private record Claimed(Wish wish, OneTimeKey key) {}

    private final ServerName own;
    private final Journal journal;
    private final OneTimeKeyStore store;
    private final KeyCounts counts;

    public KeyClaims(ServerName own, Journal journal, OneTimeKeyStore store, KeyCounts counts) {
        this.own = own;
        this.journal = journal;
        this.store = store;
        this.counts = counts;
    }

    /// Reads `one_time_keys` of a claim.
    public static List<Wish> parse(JsonObject body) {
        List<Wish> wishes = new ArrayList<>();
        for (JsonObject.Member user : Shape.object(body, "one_time_keys").entries()) {
            JsonObject devices = Shape.asObject(user.value(), "the devices of a user");
            for (JsonObject.Member device : devices.entries()) {
                wishes.add(
                        new Wish(
                                UserId.parse(user.name()),
                                DeviceId.parse(device.name()),
                                Shape.asString(device.value(), "an algorithm")));
                Shape.atMost(wishes.size(), CLAIMS_MAX, "keys");
            }
        }
        return wishes;
    }

    /// Claims what is there of the wishes; a device without a key is left out of the answer.
    public JsonObject claim(List<Wish> wishes) {
        List<Wish> local =
                wishes.stream().filter(wish -> wish.user().server().equals(own)).toList();
        List<Pending<List<Claimed>>> submitted = new ArrayList<>();
        for (int from = 0; from < local.size(); from += CLAIMS_PER_CHANGE_MAX) {
            int to = Math.min(local.size(), from + CLAIMS_PER_CHANGE_MAX);
            submitted.add(journal.submit(new Claim(local.subList(from, to))));
        }
        Map<String, JsonObject> byUser = new TreeMap<>();
        for (Pending<List<Claimed>> pending : submitted) {
            pending.await().forEach(claimed -> add(byUser, claimed));
        }
        JsonObject.Builder keys = JsonObject.builder();
        byUser.forEach(keys::put);
        Set<UserId> users = new HashSet<>();
        wishes.forEach(wish -> users.add(wish.user()));
        return JsonObject.of(
                "one_time_keys", keys.build(), "failures", Unreachable.among(users, own));
    }

    private static void add(Map<String, JsonObject> byUser, Claimed claimed) {
        OneTimeKey key = claimed.key();
        JsonObject named = JsonObject.of(key.id().toString(), key.key());
        byUser.merge(
                claimed.wish().user().toString(),
                JsonObject.of(claimed.wish().device().value(), named),
                (all, _) -> all.with(claimed.wish().device().value(), named));
    }

    private final class Claim implements Change<List<Claimed>> {
        private final List<Wish> wishes;

        Claim(List<Wish> wishes) {
            this.wishes = wishes;
        }

        @Override
        public int positions() {
            return 0;
        }

        @Override
        public List<Claimed> apply(Tx tx, long first) {
            List<Claimed> claimed = new ArrayList<>();
            for (Wish wish : wishes) {
                claim(tx, wish).ifPresent(key -> claimed.add(new Claimed(wish, key)));
            }
            return claimed;
        }

        private Optional<OneTimeKey> claim(Tx tx, Wish wish) {
            return store.claim(tx, wish.user(), wish.device(), wish.algorithm())
                    .or(() -> store.useFallback(tx, wish.user(), wish.device(), wish.algorithm()));
        }

        @Override
        public List<Touch> touches(List<Claimed> claimed) {
            for (Claimed each : claimed) {
                counts.forget(each.wish().user(), each.wish().device());
            }
            return List.of();
        }
    }
}
