package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.app.FrontDoor.Answer;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushers of browsers, from the subscription to the message as the browser reads it.
@Timeout(120)
class WebPushTest {
    private static final String ACK = "/_matrix/client/unstable/org.chancery/pushers/ack";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] AUTH = "sixteen bytes ok".getBytes(UTF_8);

    @TempDir Path folder;
    private FakeGateway service;
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;
    private KeyPair browser;

    @BeforeEach
    void open() throws Exception {
        service = new FakeGateway();
        service.answers(201, "");
        server = start();
        alice = server.user("alice");
        bob = server.user("bob");
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        browser = generator.generateKeyPair();
    }

    private FrontDoor start(String... more) throws Exception {
        String[] all = {"--inside-hosts", "127.0.0.1", "--web-push-services", "127.0.0.1"};
        String[] options = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, options, all.length, more.length);
        return new FrontDoor(folder, options);
    }

    @AfterEach
    void close() {
        server.close();
        service.close();
    }

    private String pusher(String url) {
        return """
                {"kind":"org.chancery.webpush","app_id":"web","pushkey":"%s",
                "app_display_name":"Chat","device_display_name":"Firefox","lang":"en",
                "data":{"url":"%s","auth":"%s"},"append":true}
                """
                .formatted(
                        BASE64.encodeToString(point((ECPublicKey) browser.getPublic())),
                        url,
                        BASE64.encodeToString(AUTH));
    }

    private Answer subscribe() throws Exception {
        return bob.post(CLIENT + "/pushers/set", pusher(service.url() + "/send/1"));
    }

    private Answer acknowledge(String token) throws Exception {
        return bob.post(ACK, "{\"app_id\":\"web\",\"ack_token\":\"" + token + "\"}");
    }

    private boolean isActivated() throws Exception {
        List<JsonObject> all =
                bob.get(CLIENT + "/pushers").ok().json().array("pushers").orElseThrow().objects();
        return all.getFirst().object("data").orElseThrow().isTrue("activated");
    }

    @Test
    void a_browser_shows_that_it_is_reached_and_is_then_told_where_something_happened()
            throws Exception {
        String room = alice.room("{\"preset\":\"public_chat\",\"name\":\"Balcony\"}");
        bob.post(rooms(room) + "/join", "{}").ok();

        assertEquals(201, subscribe().status());
        alice.say(room, "too early");
        JsonObject first = read(service.next());
        assertEquals(List.of("ack_token", "app_id"), first.names());
        assertFalse(isActivated());
        acknowledge("guessed").refused(400, "M_INVALID_PARAM");
        acknowledge(first.string("ack_token").orElseThrow()).ok();
        assertTrue(isActivated());
        String event = alice.say(room, "what was said");

        FakeGateway.Told told = service.next();
        JsonObject message = read(told);
        assertEquals(
                List.of("counts", "event_id", "prio", "room_id", "room_name"), message.names());
        assertEquals(event, message.string("event_id").orElseThrow());
        assertEquals("Balcony", message.string("room_name").orElseThrow());
        assertEquals("/send/1", told.path());
        assertEquals("aes128gcm", told.header("Content-encoding"));
        assertEquals("86400", told.header("Ttl"));
        assertTrue(told.header("Topic").matches("[A-Za-z0-9_-]{32}"));
        assertSigned(told.header("Authorization"));
        assertEquals(200, subscribe().status()); // The same again is no news.
        assertTrue(isActivated());
    }

    @Test
    void a_subscription_that_is_over_is_forgotten() throws Exception {
        service.answers(410, "");
        subscribe();
        service.next();

        while (!bob.get(CLIENT + "/pushers").ok().toString().contains("\"pushers\":[]")) {
            Thread.onSpinWait();
        }
        acknowledge("late").refused(404, "M_NOT_FOUND");
    }

    @Test
    void only_listed_push_services_and_good_keys_are_taken() throws Exception {
        String elsewhere = pusher("https://push.example.org/send/1");
        String badKey = pusher(service.url() + "/send/1").replaceFirst("\"pushkey\":\"..", "$0AA");
        String badAuth =
                pusher(service.url() + "/send/1").replace(BASE64.encodeToString(AUTH), "c2hvcnQ");

        for (String body : List.of(elsewhere, badKey, badAuth)) {
            bob.post(CLIENT + "/pushers/set", body).refused(400, "M_INVALID_PARAM");
        }
    }

    @Test
    void the_key_of_the_server_is_told_and_stays_the_same() throws Exception {
        String key = vapid();
        server.close();
        server = start();

        assertEquals(key, vapid());
        assertEquals(65, Base64.getUrlDecoder().decode(key).length);
        String pages = server.send("GET", "/client-config.json", "", "").ok().text("push_key");
        assertEquals(key, pages);
    }

    @Test
    void an_organisation_can_do_without() throws Exception {
        server.close();
        server = start("--web-push-services", "");

        assertEquals("{\"enabled\":false}", capability().toString());
        server.send("POST", CLIENT + "/pushers/set", pusher(service.url() + "/"), bob.token)
                .refused(400, "M_INVALID_PARAM");
    }

    private JsonObject capability() throws Exception {
        return server.send("GET", CLIENT + "/capabilities", "", bob.token)
                .ok()
                .json()
                .object("capabilities")
                .orElseThrow()
                .object("org.chancery.webpush")
                .orElseThrow();
    }

    private String vapid() throws Exception {
        JsonObject capability = capability();
        assertTrue(capability.isTrue("enabled"));
        return capability.string("vapid").orElseThrow();
    }

    private void assertSigned(String authorization) throws Exception {
        String token = authorization.replaceAll("vapid t=([^,]+), k=.*", "$1");
        assertTrue(authorization.endsWith(", k=" + vapid()));
        int dot = token.lastIndexOf('.');
        var check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(key(Base64.getUrlDecoder().decode(vapid())));
        check.update(token.substring(0, dot).getBytes(UTF_8));
        assertTrue(check.verify(Base64.getUrlDecoder().decode(token.substring(dot + 1))));
        var claims = Json.parseObject(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        assertEquals(service.url(), claims.string("aud").orElseThrow());
        assertEquals("https://localhost", claims.string("sub").orElseThrow());
    }

    /// As the browser reads it (RFC 8291, 3.4; RFC 8188, 2).
    private JsonObject read(FakeGateway.Told told) throws Exception {
        var message = ByteBuffer.wrap(told.body().bytes());
        var salt = new byte[16];
        message.get(salt);
        assertEquals(4_096, message.getInt());
        var senderPoint = new byte[message.get()];
        message.get(senderPoint);
        var sealed = new byte[message.remaining()];
        message.get(sealed);
        var agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(browser.getPrivate());
        agreement.doPhase(key(senderPoint), true);
        byte[] shared =
                hmac(
                        hmac(AUTH, agreement.generateSecret()),
                        "WebPush: info\0".getBytes(UTF_8),
                        point((ECPublicKey) browser.getPublic()),
                        senderPoint,
                        new byte[] {1});
        byte[] seed = hmac(salt, shared);
        byte[] contentKey =
                hmac(seed, "Content-Encoding: aes128gcm\0".getBytes(UTF_8), new byte[] {1});
        byte[] nonce = hmac(seed, "Content-Encoding: nonce\0".getBytes(UTF_8), new byte[] {1});
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(contentKey, 0, 16, "AES"),
                new GCMParameterSpec(128, nonce, 0, 12));
        byte[] padded = cipher.doFinal(sealed);
        assertEquals(2, padded[padded.length - 1]);
        return Json.parseObject(Arrays.copyOf(padded, padded.length - 1));
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] point(ECPublicKey key) {
        var point = new ByteArrayOutputStream();
        point.write(4);
        for (BigInteger each : List.of(key.getW().getAffineX(), key.getW().getAffineY())) {
            byte[] bytes = each.add(BigInteger.ONE.shiftLeft(264)).toByteArray();
            point.write(bytes, bytes.length - 32, 32);
        }
        return point.toByteArray();
    }

    private ECPublicKey key(byte[] point) throws Exception {
        var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        var y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
        var curve = ((ECPublicKey) browser.getPublic()).getParams();
        return (ECPublicKey)
                KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(new ECPoint(x, y), curve));
    }
}
