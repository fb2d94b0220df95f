package org.chancery.adapters.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.chancery.homeserver.accounts.PasswordHash;
import org.chancery.protocol.error.MatrixError;
import org.jspecify.annotations.Nullable;

/// Passwords by Argon2id (RFC 9106), in the PHC text form
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`, so that stored hashes outlive a change of cost.
///
/// Only so many are computed at a time: each takes a lot of memory and time, and logging in must
/// not starve everything else.
public final class Argon2Passwords implements PasswordHash {
    private static final int AT_ONCE = 2;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private final Cost cost;
    private final RandomGenerator random;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final String nobodys;

    /// What a hash costs.
    ///
    /// @param memoryKib memory
    /// @param passes over it
    /// @param lanes of it
    public record Cost(int memoryKib, int passes, int lanes) {
        /// 19 MiB, two passes: the recommendation of OWASP.
        public static final Cost USUAL = new Cost(19 * 1024, 2, 1);

        /// Almost nothing. For tests only.
        public static final Cost CHEAP = new Cost(64, 1, 1);

        private static final int MEMORY_KIB_MAX = 1 << 20;
        private static final int PASSES_MAX = 100;
        private static final int LANES_MAX = 16;

        public Cost {
            if (passes < 1
                    || passes > PASSES_MAX
                    || lanes < 1
                    || lanes > LANES_MAX
                    || memoryKib < 8 * lanes
                    || memoryKib > MEMORY_KIB_MAX) {
                throw new IllegalArgumentException("not a cost of Argon2");
            }
        }
    }

    private record Stored(Cost cost, String salt, String hash) {
        static Stored parse(String text) {
            String[] parts = text.split("\\$", -1);
            if (parts.length != 6 || !parts[1].equals("argon2id") || !parts[2].equals("v=19")) {
                throw new IllegalStateException("a stored password hash is of an unknown kind");
            }
            String[] costs = parts[3].split(",", -1);
            return new Stored(
                    new Cost(number(costs[0]), number(costs[1]), number(costs[2])),
                    parts[4],
                    parts[5]);
        }

        private static int number(String cost) {
            return Integer.parseInt(cost.substring(2));
        }
    }

    /// @param random must be cryptographically strong (`SecureRandom`)
    public Argon2Passwords(Cost cost, RandomGenerator random) {
        this.cost = cost;
        this.random = random;
        // No password leads to it; to compare with it costs what every comparison costs.
        this.nobodys = written(drawn(SALT_BYTES), drawn(HASH_BYTES));
    }

    @Override
    public String hash(String password) {
        byte[] salt = drawn(SALT_BYTES);
        return written(salt, compute(password, salt, cost, HASH_BYTES));
    }

    private byte[] drawn(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private String written(byte[] salt, byte[] hash) {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        cost.lanes(),
                        ENCODER.encodeToString(salt),
                        ENCODER.encodeToString(hash));
    }

    @Override
    public boolean matches(String password, @Nullable String stored) {
        Stored known = Stored.parse(stored == null ? nobodys : stored);
        byte[] salt = Base64.getDecoder().decode(known.salt());
        byte[] wanted = Base64.getDecoder().decode(known.hash());
        byte[] hash = compute(password, salt, known.cost(), wanted.length);
        return MessageDigest.isEqual(hash, wanted) && stored != null;
    }

    private byte[] compute(String password, byte[] salt, Cost of, int length) {
        takeTurn();
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(
                    new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                            .withMemoryAsKB(of.memoryKib())
                            .withIterations(of.passes())
                            .withParallelism(of.lanes())
                            .withSalt(salt)
                            .build());
            byte[] hash = new byte[length];
            generator.generateBytes(password.getBytes(UTF_8), hash);
            return hash;
        } finally {
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (turns.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new MatrixError.LimitExceeded(WAIT_MAX).asException();
    }
}
