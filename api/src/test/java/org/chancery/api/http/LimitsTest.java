package org.chancery.api.http;

import static org.chancery.api.http.TestServer.errcode;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.chancery.homeserver.kernel.RateLimiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LimitsTest {
    private static final RequestLimits TWO_LOGINS =
            RequestLimits.of(
                    Map.of(LimitClass.LOGIN, new RateLimiter.Rate(2, Duration.ofMinutes(1))),
                    () -> Instant.EPOCH);

    private static HttpConfig behindProxy() {
        return new HttpConfig(
                List.of(HttpConfig.Listener.plain("127.0.0.1", 0)),
                TrustedProxies.of(List.of("127.0.0.1")),
                false,
                HttpConfig.Bounds.DEFAULT);
    }

    @Test
    void a_class_is_limited_per_address_and_over_all_its_endpoints() {
        try (var server =
                TestServer.of(
                        behindProxy(),
                        TWO_LOGINS,
                        Endpoint.get("/a")
                                .auth(Auth.NONE)
                                .limit(LimitClass.LOGIN)
                                .by(_ -> Response.ok()),
                        Endpoint.get("/b")
                                .auth(Auth.NONE)
                                .limit(LimitClass.LOGIN)
                                .by(_ -> Response.ok()),
                        Endpoint.get("/free").auth(Auth.NONE).by(_ -> Response.ok()))) {
            server.get("/a", "X-Forwarded-For", "2001:db8::1");
            server.get("/b", "X-Forwarded-For", "2001:db8::2");

            var third = server.get("/a", "X-Forwarded-For", "2001:db8:0:0:9::1");

            assertEquals(429, third.statusCode());
            assertEquals("M_LIMIT_EXCEEDED", errcode(third));
            assertEquals(200, server.get("/a", "X-Forwarded-For", "192.0.2.1").statusCode());
            assertEquals(200, server.get("/free", "X-Forwarded-For", "2001:db8::1").statusCode());
        }
    }

    @Test
    void a_class_is_limited_per_user_where_one_is_known() {
        try (var server =
                TestServer.of(
                        behindProxy(),
                        TWO_LOGINS,
                        Endpoint.get("/a").limit(LimitClass.LOGIN).by(_ -> Response.ok()))) {
            server.get("/a", "Authorization", "Bearer alice");
            server.get("/a", "Authorization", "Bearer alice", "X-Forwarded-For", "192.0.2.1");

            var third = server.get("/a", "Authorization", "Bearer alice");

            assertEquals(429, third.statusCode());
            assertEquals(200, server.get("/a", "Authorization", "Bearer admin").statusCode());
        }
    }

    @Test
    void beyond_the_bound_of_requests_at_work_more_are_refused() throws Exception {
        var bounds = new HttpConfig.Bounds(10, 1, Duration.ofMinutes(1), Duration.ofSeconds(5));
        var config =
                new HttpConfig(
                        List.of(HttpConfig.Listener.plain("127.0.0.1", 0)),
                        TrustedProxies.NONE,
                        false,
                        bounds);
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow =
                Endpoint.get("/slow")
                        .auth(Auth.NONE)
                        .by(
                                _ -> {
                                    entered.countDown();
                                    awaitQuietly(release);
                                    return Response.ok();
                                });

        try (var server = TestServer.of(config, slow);
                var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = clients.submit(() -> server.get("/slow"));
            entered.await();
            var second = server.get("/slow");
            release.countDown();

            assertEquals(429, second.statusCode());
            assertEquals(200, first.get().statusCode());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
