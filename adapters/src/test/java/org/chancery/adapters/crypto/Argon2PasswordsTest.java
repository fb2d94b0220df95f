package org.chancery.adapters.crypto;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import org.chancery.adapters.crypto.Argon2Passwords.Cost;
import org.junit.jupiter.api.Test;

class Argon2PasswordsTest {
    /// By the reference implementation: `argon2 somesalt -id -t 2 -m 16 -p 1 -l 32`.
    private static final String REFERENCE =
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ"
                    + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

    private final Argon2Passwords cheap = new Argon2Passwords(Cost.CHEAP, new SecureRandom());

    @Test
    void a_hash_of_the_reference_implementation_is_understood_whatever_our_own_cost() {
        assertTrue(cheap.matches("password", REFERENCE));
        assertFalse(cheap.matches("Password", REFERENCE));
    }

    @Test
    void a_password_has_its_hash_and_no_other_password_has() {
        var hash = cheap.hash("correct horse");

        assertTrue(cheap.matches("correct horse", hash));
        assertFalse(cheap.matches("correct horsE", hash));
        assertFalse(cheap.matches("correct horse ", hash));
    }

    @Test
    void a_long_password_is_not_cut() {
        var hash = cheap.hash("x".repeat(200) + "a");

        assertFalse(cheap.matches("x".repeat(200) + "b", hash));
    }

    @Test
    void the_same_password_never_has_the_same_hash_twice() {
        assertNotEquals(cheap.hash("correct horse"), cheap.hash("correct horse"));
    }

    @Test
    void nobody_has_no_password_not_even_an_empty_one() {
        assertFalse(cheap.matches("", null));
    }

    @Test
    void the_cost_stands_in_the_hash() {
        var usual = new Argon2Passwords(Cost.USUAL, new SecureRandom());

        assertTrue(usual.hash("x").startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    }

    @Test
    void a_hash_of_an_unknown_kind_is_a_fault_and_no_login() {
        assertThrows(IllegalStateException.class, () -> cheap.matches("x", "$2b$12$abc"));
    }
}
