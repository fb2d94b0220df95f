package org.chancery.homeserver.kernel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/// Remembers what the store says until it changes, without ever making the committer wait for a
/// reader.
///
/// A value that was read while its key changed is used once and not remembered: each change raises
/// the epoch of the key's stripe, and a reader compares. [#forget] is called after the commit, in
/// [Change#touches], so that what is read from then on is new.
///
/// @param <K> what is asked for
/// @param <V> what the store says of it
public final class ReadCache<K, V> {
    private static final int STRIPES = 256; // Keys may share one; that costs a read.

    private static final class Stripe {
        final ReentrantLock lock = new ReentrantLock();
        final AtomicLong epoch = new AtomicLong();
    }

    private final Cache<K, V> values;
    private final Stripe[] stripes =
            Stream.generate(Stripe::new).limit(STRIPES).toArray(Stripe[]::new);

    private ReadCache(Cache<K, V> values) {
        this.values = values;
    }

    /// A cache of at most so many values.
    public static <K, V> ReadCache<K, V> ofSize(int max) {
        return new ReadCache<>(builder().maximumSize(max).build());
    }

    /// A cache of values of at most that weight together.
    public static <K, V> ReadCache<K, V> ofWeight(long max, ToIntFunction<V> weight) {
        return new ReadCache<>(
                builder()
                        .maximumWeight(max)
                        .weigher((K _, V value) -> weight.applyAsInt(value))
                        .build());
    }

    /// What is too much is dropped by whoever put it, not by threads of the library.
    private static Caffeine<Object, Object> builder() {
        return Caffeine.newBuilder().executor(Runnable::run);
    }

    /// What is remembered, or else read now.
    public V get(K key, Supplier<V> read) {
        V known = values.getIfPresent(key);
        if (known != null) {
            return known;
        }
        Stripe stripe = stripe(key);
        long before = stripe.epoch.get();
        V value = read.get();
        stripe.lock.lock();
        try {
            if (stripe.epoch.get() == before) {
                values.put(key, value);
            }
        } finally {
            stripe.lock.unlock();
        }
        return value;
    }

    /// The key has changed, durably.
    public void forget(K key) {
        Stripe stripe = stripe(key);
        stripe.lock.lock();
        try {
            stripe.epoch.incrementAndGet();
            values.invalidate(key);
        } finally {
            stripe.lock.unlock();
        }
    }

    private Stripe stripe(K key) {
        return stripes[Math.floorMod(key.hashCode(), STRIPES)];
    }
}
