package org.chancery.homeserver.sync;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// Which member events each device has been sent (client-server API, "Lazy-loading room members"),
/// so that they are not sent again and again. In memory and bounded: what is forgotten is sent
/// again.
///
/// An event counts as sent only when the device comes back with the token of the answer that held
/// it; so a lost answer loses no member.
final class LazyMembers {
    private static final int DEVICES_MAX = 10_000;
    private static final int MEMBERS_MAX = 1_000;

    private record Device(UserId user, DeviceId device) {}

    private record Member(long room, StateKey key) {}

    /// @param inAnswer the position at which the answer that held it ended
    private record Sent(long event, long inAnswer) {}

    private static final class Members {
        final ReentrantLock lock = new ReentrantLock();
        final LinkedHashMap<Member, Sent> sent = new LinkedHashMap<>(64, 0.75f, true);
        private long lastAnswer;

        void forgetAfter(long position) {
            lock.lock();
            try {
                if (lastAnswer > position) {
                    sent.values().removeIf(it -> it.inAnswer > position);
                    lastAnswer = position;
                }
            } finally {
                lock.unlock();
            }
        }

        void put(Member member, Sent now) {
            Sent before = sent.get(member);
            if (before == null || before.event != now.event) {
                sent.put(member, now);
                lastAnswer = Math.max(lastAnswer, now.inAnswer);
            }
            if (sent.size() > MEMBERS_MAX) {
                sent.pollFirstEntry();
            }
        }
    }

    private final Cache<Device, Members> devices =
            Caffeine.newBuilder().maximumSize(DEVICES_MAX).build();

    /// The device comes back with a token: what was in answers that it does not have is forgotten.
    void resume(Span span) {
        if (span.isInitial()) {
            devices.invalidate(device(span));
            return;
        }
        Members known = devices.getIfPresent(device(span));
        if (known != null) {
            known.forgetAfter(span.after());
        }
    }

    /// Leaves out those of the member events that the device has, by the token it came back with.
    Map<StateKey, Long> unknown(Span span, long room, Map<StateKey, Long> members) {
        Members known = devices.getIfPresent(device(span));
        if (known == null || members.isEmpty()) {
            return members;
        }
        Map<StateKey, Long> unknown = new HashMap<>();
        known.lock.lock();
        try {
            members.forEach(
                    (key, event) -> {
                        Sent sent = known.sent.get(new Member(room, key));
                        if (sent == null || sent.event != event) {
                            unknown.put(key, event);
                        }
                    });
        } finally {
            known.lock.unlock();
        }
        return unknown;
    }

    /// These member events are in the answer.
    void sent(Span span, long room, Map<StateKey, Long> members) {
        if (members.isEmpty()) {
            return;
        }
        Members known = devices.get(device(span), _ -> new Members());
        known.lock.lock();
        try {
            members.forEach(
                    (key, event) ->
                            known.put(new Member(room, key), new Sent(event, span.position())));
        } finally {
            known.lock.unlock();
        }
    }

    private static Device device(Span span) {
        return new Device(span.user(), span.device());
    }
}
