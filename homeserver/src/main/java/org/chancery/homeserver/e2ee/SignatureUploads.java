package org.chancery.homeserver.e2ee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// Takes the signatures by which a user vouches for keys (client-server API, "POST
/// /keys/signatures/upload"). Three kinds hold:
///
/// - the user's own devices, signed by the self-signing key;
/// - the user's own master key, signed by the user's devices;
/// - another user's master key, signed by the user-signing key, for the signer's eyes only.
///
/// Signatures are checked before the journal is asked, and written only where the keys are still
/// the
/// same then.
public final class SignatureUploads {
    /// Keys that one request may sign.
    static final int KEYS_MAX = 1_000;

    private final Journal journal;
    private final KeyStore keys;
    private final CrossSigningStore store;
    private final DeviceLists lists;
    private final Verifier verifier;

    /// Where a key is published.
    private sealed interface Place {
        record OfDevice(UserId user, DeviceId device) implements Place {}

        record OfUser(UserId user, CrossSigningUsage usage) implements Place {}
    }

    /// A key as it was when a signature was checked.
    private record Seen(Place place, JsonObject json) {}

    /// A signature that holds.
    private record Checked(KeySignature signature, Seen target, Seen signer) {}

    private record Offer(UserId target, String id, JsonObject signed) {}

    public SignatureUploads(
            Journal journal,
            KeyStore keys,
            CrossSigningStore store,
            DeviceLists lists,
            Verifier verifier) {
        this.journal = journal;
        this.keys = keys;
        this.store = store;
        this.lists = lists;
        this.verifier = verifier;
    }

    /// Stores the signatures that hold.
    ///
    /// @return the answer, with a failure for each key of which none does
    public JsonObject upload(UserId signer, JsonObject body) {
        List<Offer> offers = parse(body);
        Published published = published(signer, offers);
        List<Checked> checked = new ArrayList<>();
        Map<String, JsonObject> failures = new TreeMap<>();
        for (Offer offer : offers) {
            try {
                checked.addAll(check(signer, offer, published));
            } catch (MatrixException refused) {
                failures.merge(
                        offer.target().toString(),
                        JsonObject.of(offer.id(), refused.error().body()),
                        (all, _) -> all.with(offer.id(), refused.error().body()));
            }
        }
        if (!checked.isEmpty()) {
            journal.commit(new Store(signer, checked));
        }
        JsonObject.Builder answer = JsonObject.builder();
        failures.forEach(answer::put);
        return JsonObject.of("failures", answer.build());
    }

    private static List<Offer> parse(JsonObject body) {
        List<Offer> offers = new ArrayList<>();
        for (JsonObject.Member user : body.entries()) {
            UserId target = UserId.parse(user.name());
            for (JsonObject.Member key :
                    Shape.asObject(user.value(), "the keys of a user").entries()) {
                offers.add(new Offer(target, key.name(), Shape.asObject(key.value(), "a key")));
                Shape.atMost(offers.size(), KEYS_MAX, "keys");
            }
        }
        return offers;
    }

    /// What is published of the users concerned.
    private record Published(
            Map<DeviceId, JsonObject> ownDevices,
            Map<UserId, Map<CrossSigningUsage, JsonObject>> crossSigning) {

        Optional<Seen> device(UserId user, DeviceId device) {
            return Optional.ofNullable(ownDevices.get(device))
                    .map(json -> new Seen(new Place.OfDevice(user, device), json));
        }

        Seen key(UserId user, CrossSigningUsage usage) {
            return Optional.ofNullable(crossSigning.getOrDefault(user, Map.of()).get(usage))
                    .map(json -> new Seen(new Place.OfUser(user, usage), json))
                    .orElseThrow(() -> notFound("the user has no " + usage.wire() + " key"));
        }
    }

    private Published published(UserId signer, List<Offer> offers) {
        Set<UserId> users = new HashSet<>();
        users.add(signer);
        offers.forEach(offer -> users.add(offer.target()));
        return new Published(
                keys.deviceKeys(Set.of(signer)).getOrDefault(signer, Map.of()), store.keys(users));
    }

    private List<Checked> check(UserId signer, Offer offer, Published published) {
        if (!offer.target().equals(signer)) {
            return List.of(
                    byKey(
                            signer,
                            offer,
                            master(offer, published),
                            published,
                            CrossSigningUsage.USER_SIGNING));
        }
        Optional<Seen> device =
                isDevice(offer.id())
                        ? published.device(signer, new DeviceId(offer.id()))
                        : Optional.empty();
        return device.isPresent()
                ? List.of(
                        byKey(
                                signer,
                                offer,
                                device.get(),
                                published,
                                CrossSigningUsage.SELF_SIGNING))
                : byDevices(signer, offer, master(offer, published), published);
    }

    private static boolean isDevice(String id) {
        return !id.isEmpty() && id.length() <= 255;
    }

    /// The target's master key, if that is what was signed.
    private static Seen master(Offer offer, Published published) {
        Seen master = published.key(offer.target(), CrossSigningUsage.MASTER);
        if (!keyOf(master, CrossSigningUsage.MASTER).text().equals(offer.id())) {
            throw notFound("there is no such key");
        }
        return master;
    }

    private Checked byKey(
            UserId signer, Offer offer, Seen target, Published published, CrossSigningUsage usage) {
        refuseOther(offer, target);
        Seen by = published.key(signer, usage);
        CrossSigningKey key = keyOf(by, usage);
        return checked(signer, offer, target, by, key.id(), key.bytes())
                .orElseThrow(() -> invalid("the " + usage.wire() + " key has not signed this key"));
    }

    private List<Checked> byDevices(UserId signer, Offer offer, Seen target, Published published) {
        refuseOther(offer, target);
        List<Checked> checked = new ArrayList<>();
        for (KeyId id : JsonSigning.signatures(offer.signed(), signer.toString()).keySet()) {
            published
                    .device(signer, new DeviceId(id.version()))
                    .flatMap(by -> checked(signer, offer, target, by, id, publicKey(by, id)))
                    .ifPresent(checked::add);
        }
        if (checked.isEmpty()) {
            throw invalid("none of the user's devices has signed the master key");
        }
        return checked;
    }

    private static byte[] publicKey(Seen device, KeyId id) {
        return UnpaddedBase64.decode(DeviceKeys.publicKey(device.json(), id.toString()))
                .orElse(new byte[0]);
    }

    private Optional<Checked> checked(
            UserId signer, Offer offer, Seen target, Seen by, KeyId key, byte[] publicKey) {
        String user = signer.toString();
        if (!JsonSigning.verify(offer.signed(), user, key, publicKey, verifier)) {
            return Optional.empty();
        }
        String signature =
                UnpaddedBase64.encode(
                        Optional.ofNullable(JsonSigning.signatures(offer.signed(), user).get(key))
                                .orElseThrow());
        return Optional.of(
                new Checked(
                        new KeySignature(offer.target(), offer.id(), signer, key, signature),
                        target,
                        by));
    }

    /// What is signed must be what is published.
    private static void refuseOther(Offer offer, Seen target) {
        JsonObject signed = offer.signed().without("signatures").without("unsigned");
        if (!signed.equals(target.json().without("signatures"))) {
            throw invalid("the key is not the one that is published");
        }
    }

    private static CrossSigningKey keyOf(Seen seen, CrossSigningUsage usage) {
        return CrossSigningKey.of(seen.json(), usage);
    }

    private static MatrixException notFound(String message) {
        return new MatrixError.NotFound(message).asException();
    }

    private static MatrixException invalid(String message) {
        return new MatrixError.InvalidSignature(message).asException();
    }

    private final class Store implements Change<Set<UserId>> {
        private final UserId signer;
        private final Collection<Checked> signatures;

        Store(UserId signer, Collection<Checked> signatures) {
            this.signer = signer;
            this.signatures = signatures;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public Set<UserId> apply(Tx tx, long first) {
            Set<UserId> changed = new LinkedHashSet<>();
            for (Checked each : signatures) {
                if (isCurrent(tx, each.target())
                        && isCurrent(tx, each.signer())
                        && store.putSignature(tx, each.signature())) {
                    changed.add(each.signature().target());
                }
            }
            for (UserId target : changed) {
                if (target.equals(signer)) {
                    lists.record(tx, first, signer);
                } else {
                    lists.record(tx, first, target, signer);
                }
            }
            return changed;
        }

        /// Whether nobody has changed the key since it was looked at. Who did makes the signature
        /// void, and clients sign anew.
        private boolean isCurrent(Tx tx, Seen seen) {
            Optional<JsonObject> now =
                    switch (seen.place()) {
                        case Place.OfDevice(UserId user, DeviceId device) ->
                                keys.deviceKeys(tx, user, device);
                        case Place.OfUser(UserId user, CrossSigningUsage usage) ->
                                Optional.ofNullable(store.keys(tx, user).get(usage));
                    };
            return now.filter(seen.json()::equals).isPresent();
        }

        @Override
        public List<Touch> touches(Set<UserId> changed) {
            List<Touch> touches = new ArrayList<>();
            if (changed.contains(signer)) {
                touches.add(lists.touch(signer));
            } else if (!changed.isEmpty()) {
                touches.add(Touch.of(signer, Stream.DEVICE_LISTS));
            }
            return touches;
        }
    }
}
