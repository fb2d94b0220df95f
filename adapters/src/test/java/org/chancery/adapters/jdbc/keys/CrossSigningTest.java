package org.chancery.adapters.jdbc.keys;

import static org.chancery.adapters.jdbc.keys.E2eeHouse.ALICE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.BOB;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.LAPTOP;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.PHONE;
import static org.chancery.adapters.jdbc.keys.E2eeHouse.deviceKeys;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.e2ee.CrossSigning;
import org.chancery.homeserver.e2ee.CrossSigning.Proof;
import org.chancery.homeserver.e2ee.SignatureUploads;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrossSigningTest {
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path folder;
    private E2eeHouse house;
    private CrossSigning crossSigning;
    private SignatureUploads signatures;

    private final Key master = Key.crossSigning();
    private final Key selfSigning = Key.crossSigning();
    private final Key userSigning = Key.crossSigning();

    /// A key pair under a name.
    private record Key(KeyId keyId, BouncyEd25519 pair) implements Signer {
        static Key crossSigning() {
            var pair = BouncyEd25519.generate("1", RANDOM);
            return new Key(new KeyId(KeyId.ED25519, UnpaddedBase64.encode(pair.publicKey())), pair);
        }

        static Key of(DeviceId device) {
            return new Key(
                    new KeyId(KeyId.ED25519, device.value()), BouncyEd25519.generate("1", RANDOM));
        }

        String text() {
            return UnpaddedBase64.encode(pair.publicKey());
        }

        @Override
        public byte[] publicKey() {
            return pair.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            return pair.sign(message);
        }

        /// As it is published.
        JsonObject json(UserId user, String usage) {
            return JsonObject.of("user_id", user.toString())
                    .with("usage", JsonArray.of(new JsonString(usage)))
                    .with("keys", JsonObject.of(keyId.toString(), text()));
        }
    }

    @BeforeEach
    void open() {
        house = new E2eeHouse(database(), InstantSource.system());
        var verifier = BouncyEd25519.verifier();
        crossSigning =
                new CrossSigning(
                        house.journal,
                        house.crossSigningStore,
                        house.devices,
                        house.lists,
                        verifier);
        signatures =
                new SignatureUploads(
                        house.journal,
                        house.keyStore,
                        house.crossSigningStore,
                        house.lists,
                        verifier);
    }

    /// The store of this test, empty.
    Database database() {
        return Database.sqlite(folder.resolve("e2ee.db"));
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void three_keys_are_published_without_proof_and_shown_to_whom_they_concern() {
        house.peers.put(ALICE, Set.of(BOB));
        long before = house.journal.durable();

        upload(ALICE, keysOf(ALICE), Proof.NONE);

        var own = query(ALICE, ALICE);
        var others = query(BOB, ALICE);
        assertEquals(
                master.json(ALICE, "master"),
                own.object("master_keys").orElseThrow().get(ALICE.toString()));
        assertTrue(own.object("user_signing_keys").orElseThrow().has(ALICE.toString()));
        assertTrue(others.object("self_signing_keys").orElseThrow().has(ALICE.toString()));
        assertEquals(JsonObject.EMPTY, others.object("user_signing_keys").orElseThrow());
        assertEquals(Set.of(ALICE), house.lists.changed(before, house.journal.durable()));
    }

    @Test
    void the_same_keys_once_more_need_no_proof_and_are_no_news() {
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        long before = house.journal.durable();

        var same = CrossSigning.Upload.parse(ALICE, keysOf(ALICE));
        crossSigning.upload(same, Proof.NONE);

        assertFalse(crossSigning.needsProof(same));
        assertEquals(Set.of(), house.lists.changed(before, house.journal.durable()));
    }

    @Test
    void another_master_key_and_a_key_more_need_proof() {
        upload(ALICE, JsonObject.of("master_key", master.json(ALICE, "master")), Proof.NONE);
        var another =
                CrossSigning.Upload.parse(
                        ALICE,
                        JsonObject.of("master_key", Key.crossSigning().json(ALICE, "master")));
        var more = CrossSigning.Upload.parse(ALICE, keysOf(ALICE).without("master_key"));

        assertTrue(crossSigning.needsProof(another));
        assertTrue(crossSigning.needsProof(more));
        var refused =
                assertThrows(MatrixException.class, () -> crossSigning.upload(another, Proof.NONE));
        assertEquals("M_FORBIDDEN", refused.error().errcode());
    }

    @Test
    void a_new_master_key_takes_away_the_keys_that_it_has_not_signed() {
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        var successor = Key.crossSigning();

        upload(ALICE, JsonObject.of("master_key", successor.json(ALICE, "master")), Proof.GIVEN);

        var shown = query(ALICE, ALICE);
        assertEquals(
                successor.json(ALICE, "master"),
                shown.object("master_keys").orElseThrow().get(ALICE.toString()));
        assertEquals(JsonObject.EMPTY, shown.object("self_signing_keys").orElseThrow());
    }

    @Test
    void keys_of_a_wrong_shape_or_signature_are_refused_each_with_its_code() {
        var unsigned = JsonObject.of("self_signing_key", selfSigning.json(ALICE, "self_signing"));
        var master = JsonObject.of("master_key", this.master.json(ALICE, "master"));

        assertEquals("M_MISSING_PARAM", refusal(unsigned));
        assertEquals(
                "M_INVALID_SIGNATURE",
                refusal(unsigned.with("master_key", this.master.json(ALICE, "master"))));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(JsonObject.of("master_key", this.master.json(BOB, "master"))));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(JsonObject.of("master_key", this.master.json(ALICE, "self_signing"))));
        assertEquals(
                "M_INVALID_PARAM",
                refusal(
                        JsonObject.of(
                                "master_key",
                                this.master
                                        .json(ALICE, "master")
                                        .with("keys", JsonObject.of("ed25519:a", "a")))));
        house.devices.with(ALICE, new DeviceId(this.master.text()), "");
        assertEquals("M_FORBIDDEN", refusal(master));
    }

    @Test
    void a_device_signed_by_the_self_signing_key_is_shown_so_to_all() {
        var device = publishDevice(ALICE, PHONE);
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        long before = house.journal.durable();
        var published = device.json();

        var failures = sign(ALICE, PHONE.value(), signed(published, ALICE, selfSigning));

        assertEquals(JsonObject.EMPTY, failures);
        var shown =
                query(BOB, ALICE)
                        .object("device_keys")
                        .flatMap(users -> users.object(ALICE.toString()))
                        .flatMap(devices -> devices.object(PHONE.value()))
                        .orElseThrow();
        assertEquals(
                Set.of(device.key().keyId(), selfSigning.keyId()),
                JsonSigning.signatures(shown, ALICE.toString()).keySet());
        assertEquals(Set.of(ALICE), house.lists.changed(before, house.journal.durable()));
    }

    @Test
    void a_master_key_signed_by_a_device_of_its_owner_is_shown_so() {
        var device = publishDevice(ALICE, PHONE);
        upload(ALICE, keysOf(ALICE), Proof.NONE);

        var failures =
                sign(
                        ALICE,
                        master.text(),
                        signed(master.json(ALICE, "master"), ALICE, device.key()));

        assertEquals(JsonObject.EMPTY, failures);
        assertEquals(
                Set.of(device.key().keyId()), signersOfMaster(query(BOB, ALICE), ALICE, ALICE));
    }

    @Test
    void a_signature_on_another_users_master_key_is_seen_by_its_signer_alone() {
        var bobsMaster = Key.crossSigning();
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        upload(BOB, JsonObject.of("master_key", bobsMaster.json(BOB, "master")), Proof.NONE);
        long before = house.journal.durable();

        var body =
                JsonObject.of(
                        BOB.toString(),
                        JsonObject.of(
                                bobsMaster.text(),
                                signed(bobsMaster.json(BOB, "master"), ALICE, userSigning)));
        var failures = signatures.upload(ALICE, body).object("failures").orElseThrow();

        assertEquals(JsonObject.EMPTY, failures);
        assertEquals(Set.of(userSigning.keyId()), signersOfMaster(query(ALICE, BOB), BOB, ALICE));
        assertEquals(Set.of(), signersOfMaster(query(BOB, BOB), BOB, ALICE));
        long now = house.journal.durable();
        assertEquals(Set.of(), house.lists.changed(before, now));
        assertEquals(Set.of(BOB), house.lists.changedFor(ALICE, before, now));
        assertEquals(Set.of(), house.lists.changedFor(BOB, before, now));
    }

    @Test
    void what_is_not_there_or_badly_signed_fails_alone() {
        var device = publishDevice(ALICE, PHONE);
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        var forged = signed(device.json(), ALICE, new Key(selfSigning.keyId(), master.pair()));
        var altered = signed(master.json(ALICE, "master").with("extra", 1), ALICE, device.key());

        var body =
                JsonObject.of(
                        ALICE.toString(),
                        JsonObject.of(PHONE.value(), forged)
                                .with(master.text(), altered)
                                .with("NOPE", device.json()),
                        BOB.toString(),
                        JsonObject.of("x", device.json()));
        var failures = signatures.upload(ALICE, body).object("failures").orElseThrow();

        var own = failures.object(ALICE.toString()).orElseThrow();
        assertEquals("M_INVALID_SIGNATURE", errcode(own, PHONE.value()));
        assertEquals("M_INVALID_SIGNATURE", errcode(own, master.text()));
        assertEquals("M_NOT_FOUND", errcode(own, "NOPE"));
        assertEquals("M_NOT_FOUND", errcode(failures.object(BOB.toString()).orElseThrow(), "x"));
    }

    @Test
    void new_keys_of_a_device_void_what_was_signed() {
        var device = publishDevice(ALICE, PHONE);
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        sign(ALICE, PHONE.value(), signed(device.json(), ALICE, selfSigning));

        var successor = publishDevice(ALICE, PHONE);

        var shown = house.queries.query(ALICE, Map.of(ALICE, Set.of(PHONE)));
        var json =
                shown.object("device_keys")
                        .flatMap(users -> users.object(ALICE.toString()))
                        .flatMap(devices -> devices.object(PHONE.value()))
                        .orElseThrow();
        assertEquals(
                Set.of(successor.key().keyId()),
                JsonSigning.signatures(json, ALICE.toString()).keySet());
        assertEquals(successor.json(), json.without("unsigned"));
    }

    @Test
    void a_device_named_like_a_cross_signing_key_gets_no_keys() {
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        var twin = new DeviceId(master.text());
        house.devices.with(ALICE, twin, "");

        var refused =
                assertThrows(
                        MatrixException.class,
                        () ->
                                house.upload(
                                        ALICE,
                                        twin,
                                        JsonObject.of("device_keys", deviceKeys(ALICE, twin))));

        assertEquals("M_FORBIDDEN", refused.error().errcode());
    }

    @Test
    void a_bystander_learns_nothing_of_a_device_that_is_not_his() {
        publishDevice(BOB, LAPTOP);
        upload(ALICE, keysOf(ALICE), Proof.NONE);

        var failures =
                signatures
                        .upload(
                                ALICE,
                                JsonObject.of(
                                        BOB.toString(),
                                        JsonObject.of(LAPTOP.value(), deviceKeys(BOB, LAPTOP))))
                        .object("failures")
                        .orElseThrow();

        assertEquals(
                "M_NOT_FOUND",
                errcode(failures.object(BOB.toString()).orElseThrow(), LAPTOP.value()));
    }

    @Test
    void who_gives_up_the_account_leaves_no_keys_and_others_learn_of_it() {
        upload(ALICE, keysOf(ALICE), Proof.NONE);
        long before = house.journal.durable();

        crossSigning.forget(ALICE);

        assertEquals(JsonObject.EMPTY, query(BOB, ALICE).object("master_keys").orElseThrow());
        assertEquals(Set.of(ALICE), house.lists.changed(before, house.journal.durable()));
    }

    /// A device with a true key.
    private record Published(Key key, JsonObject json) {}

    private Published publishDevice(UserId user, DeviceId device) {
        var key = Key.of(device);
        var json =
                deviceKeys(user, device)
                        .with("keys", JsonObject.of(key.keyId().toString(), key.text()))
                        .without("signatures");
        json = JsonSigning.sign(json, user.toString(), key);
        house.upload(user, device, JsonObject.of("device_keys", json));
        return new Published(key, json);
    }

    private JsonObject keysOf(UserId user) {
        return JsonObject.of("master_key", master.json(user, "master"))
                .with(
                        "self_signing_key",
                        signed(selfSigning.json(user, "self_signing"), user, master))
                .with(
                        "user_signing_key",
                        signed(userSigning.json(user, "user_signing"), user, master));
    }

    private static JsonObject signed(JsonObject json, UserId user, Signer key) {
        return JsonSigning.sign(json, user.toString(), key);
    }

    private void upload(UserId user, JsonObject body, Proof proof) {
        crossSigning.upload(CrossSigning.Upload.parse(user, body), proof);
    }

    private String refusal(JsonObject body) {
        return assertThrows(MatrixException.class, () -> upload(ALICE, body, Proof.NONE))
                .error()
                .errcode();
    }

    private JsonObject sign(UserId user, String id, JsonObject signed) {
        return signatures
                .upload(user, JsonObject.of(user.toString(), JsonObject.of(id, signed)))
                .object("failures")
                .orElseThrow();
    }

    private JsonObject query(UserId asker, UserId user) {
        return house.queries.query(asker, Map.of(user, Set.of()));
    }

    private static Set<KeyId> signersOfMaster(JsonObject answer, UserId owner, UserId signer) {
        var master =
                answer.object("master_keys")
                        .flatMap(users -> users.object(owner.toString()))
                        .orElseThrow();
        return JsonSigning.signatures(master, signer.toString()).keySet();
    }

    private static String errcode(JsonObject failures, String id) {
        return failures.object(id).flatMap(error -> error.string("errcode")).orElse("none");
    }
}
