package org.chancery.api.http;

import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.protocol.error.MatrixError;

/// A rate for each class of endpoints; a class without one is not limited.
public final class RequestLimits {
    public static final RequestLimits NONE = new RequestLimits(Map.of());

    private static final int KEYS_MAX = 100_000;

    private final Map<LimitClass, RateLimiter> limiters;

    private RequestLimits(Map<LimitClass, RateLimiter> limiters) {
        this.limiters = limiters;
    }

    public static RequestLimits of(Map<LimitClass, RateLimiter.Rate> rates, InstantSource clock) {
        var limiters = new EnumMap<LimitClass, RateLimiter>(LimitClass.class);
        rates.forEach((of, rate) -> limiters.put(of, new RateLimiter(rate, KEYS_MAX, clock)));
        return new RequestLimits(limiters);
    }

    /// Throws `M_LIMIT_EXCEEDED` when whoever asks has used up the class.
    void check(Request request) {
        var limiter = limiters.get(request.endpoint().limit());
        if (limiter == null) {
            return;
        }
        var key =
                request.sessionIfAny()
                        .map(session -> session.user().toString())
                        .orElseGet(() -> network(request.remote()));
        var wait = limiter.take(key);
        if (wait.isPresent()) {
            throw new MatrixError.LimitExceeded(wait.get()).asException();
        }
    }

    /// An IPv6 customer has a whole /64, so its addresses share a key.
    private static String network(String address) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        var groups = address.split(":", 5);
        return groups.length < 5
                ? address
                : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
