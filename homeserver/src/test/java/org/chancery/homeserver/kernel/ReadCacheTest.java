package org.chancery.homeserver.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadCacheTest {
    private final ReadCache<String, Integer> cache = ReadCache.ofSize(10);
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void a_value_is_read_once_until_it_changes() {
        cache.get("a", reads::incrementAndGet);
        int remembered = cache.get("a", reads::incrementAndGet);

        cache.forget("a");

        assertEquals(1, remembered);
        assertEquals(2, cache.get("a", reads::incrementAndGet));
    }

    @Test
    void a_value_that_changed_while_it_was_read_is_not_remembered() {
        int old =
                cache.get(
                        "a",
                        () -> {
                            cache.forget("a"); // The committer was faster than the reader.
                            return 0;
                        });

        assertEquals(0, old);
        assertEquals(1, cache.get("a", reads::incrementAndGet));
    }

    @Test
    void values_weigh_what_they_say() {
        ReadCache<String, Integer> tiny = ReadCache.ofWeight(10, _ -> 100);

        tiny.get("a", reads::incrementAndGet);
        tiny.get("b", reads::incrementAndGet);

        assertEquals(3, tiny.get("a", reads::incrementAndGet));
    }
}
