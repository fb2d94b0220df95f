package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.homeserver.push.PushGateway;
import org.chancery.homeserver.push.Pusher;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonObject;

/// Tells browsers by their push services (RFC 8030), encrypted for the browser and signed by this
/// server. The service in between learns when and how much, and nothing else.
public final class WebPushGateway implements PushGateway {
    private static final System.Logger LOG = System.getLogger(WebPushGateway.class.getName());
    private static final int TTL_SECONDS = 86_400;
    private static final int TOPIC_BYTES = 24; // 32 characters at most are allowed.

    private final Outbound outbound;
    private final Hosts allowed;
    private final Supplier<Vapid> vapid;
    private final String contact;
    private final SecureRandom random;
    private final InstantSource clock;

    /// @param contact where the operators of push services find ours
    public WebPushGateway(
            Outbound outbound,
            Hosts allowed,
            Supplier<Vapid> vapid,
            String contact,
            SecureRandom random,
            InstantSource clock) {
        this.outbound = outbound;
        this.allowed = allowed;
        this.vapid = vapid;
        this.contact = contact;
        this.random = random;
        this.clock = clock;
    }

    /// What a browser gave when it subscribed.
    private record Subscription(URI endpoint, ECPublicKey key, String auth) {
        byte[] secret() {
            return decoded(auth);
        }
    }

    @Override
    public void require(Pusher pusher) {
        Subscription subscription =
                subscription(pusher)
                        .orElseThrow(() -> bad("pushkey and data must be those of a subscription"));
        if (!outbound.accepts(subscription.endpoint, allowed)) {
            throw bad("This server sends nothing to that push service");
        }
    }

    private static RuntimeException bad(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }

    private static Optional<Subscription> subscription(Pusher pusher) {
        try {
            URI endpoint = HttpGateway.url(pusher).orElseThrow(IllegalArgumentException::new);
            ECPublicKey key = P256.decode(decoded(pusher.key().pushkey()));
            Subscription subscription =
                    new Subscription(endpoint, key, pusher.data().string("auth").orElse(""));
            return subscription.secret().length == WebPushCipher.AUTH_BYTES
                    ? Optional.of(subscription)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // No subscription of any browser.
        }
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text.replace("=", ""));
    }

    @Override
    public Outcome tell(Pusher pusher, JsonObject payload, boolean urgent) {
        Optional<Subscription> subscription = subscription(pusher);
        if (subscription.isEmpty()) {
            return Outcome.GONE;
        }
        byte[] plain = fitting(payload).bytes();
        Subscription to = subscription.get();
        var salt = new byte[WebPushCipher.SALT_BYTES];
        random.nextBytes(salt);
        byte[] sealed =
                WebPushCipher.encrypt(
                        plain, P256.encode(to.key), to.secret(), P256.generate(random), salt);
        try {
            Outbound.Answer answer =
                    outbound.post(to.endpoint, allowed, headers(to, payload, urgent), sealed);
            return outcome(answer.status());
        } catch (IOException e) {
            LOG.log(Level.INFO, "a push service could not be asked: " + e.getClass().getName());
            return Outcome.FAILED;
        }
    }

    /// What is too long goes without the name of the chat.
    private static JsonObject fitting(JsonObject payload) {
        return payload.bytes().length <= WebPushCipher.PLAIN_BYTES_MAX
                ? payload
                : payload.without("room_name");
    }

    private Map<String, String> headers(Subscription to, JsonObject payload, boolean urgent) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", vapid.get().authorization(to.endpoint, contact, clock));
        headers.put("Content-Encoding", "aes128gcm");
        headers.put("Content-Type", "application/octet-stream");
        headers.put("TTL", Integer.toString(TTL_SECONDS));
        headers.put("Urgency", urgent ? "high" : "normal");
        payload.string("room_id").ifPresent(room -> headers.put("Topic", topic(to, room)));
        return headers;
    }

    /// While a browser is away the service keeps the last message of each chat only. It cannot tell
    /// which chat that is, as it does not know the browser's secret.
    private static String topic(Subscription to, String room) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(to.secret());
            byte[] hash = digest.digest(room.getBytes(UTF_8));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(hash, TOPIC_BYTES));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// A subscription that is over, or was not made for this server, does not come back.
    private static Outcome outcome(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> Outcome.TOLD;
            case 403, 404, 410 -> Outcome.GONE;
            default -> Outcome.FAILED;
        };
    }
}
