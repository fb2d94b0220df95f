package org.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.conscrypt.Conscrypt;
import org.junit.jupiter.api.Test;

class FastEd25519Test {
    private final SecureRandom random = new SecureRandom();
    private final BouncyEd25519 inJava = BouncyEd25519.generate("a", random);
    private final FastEd25519 fast = new FastEd25519(inJava);

    @Test
    void it_is_the_same_key_and_gives_the_same_signatures_as_java() {
        for (int length : new int[] {0, 1, 63, 64, 700, 65_536}) {
            byte[] message = new byte[length];
            random.nextBytes(message);

            byte[] signature = fast.sign(message);

            assertArrayEquals(inJava.sign(message), signature, "length " + length);
        }
        assertEquals(inJava.keyId(), fast.keyId());
        assertArrayEquals(inJava.publicKey(), fast.publicKey());
    }

    @Test
    void many_threads_may_sign_at_once() throws Exception {
        List<Future<byte[]>> signatures = new ArrayList<>();

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1_000; i++) {
                byte[] message = {(byte) i, (byte) (i >> 8)};
                signatures.add(threads.submit(() -> fast.sign(message)));
            }
        }

        for (int i = 0; i < 1_000; i++) {
            byte[] message = {(byte) i, (byte) (i >> 8)};
            assertArrayEquals(inJava.sign(message), signatures.get(i).get());
        }
    }

    @Test
    void the_native_library_is_part_of_the_program() {
        assertEquals(true, Conscrypt.isAvailable());
    }
}
