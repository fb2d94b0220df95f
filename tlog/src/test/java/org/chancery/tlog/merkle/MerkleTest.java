package org.chancery.tlog.merkle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MerkleTest {
    private static final int SIZE_MAX = 300;
    private static final Definition DEFINITION = Definition.ofEntries(SIZE_MAX);
    private static final Nodes NODES =
            (level, index) -> right((int) (index << level), (int) ((index + 1) << level));

    /// The eight leaves with which the authors of Certificate Transparency test their own tree, and
    /// its roots at each size.
    private static final List<String> KNOWN_LEAVES =
            List.of(
                    "",
                    "00",
                    "10",
                    "2021",
                    "3031",
                    "40414243",
                    "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f");

    private static final List<String> KNOWN_ROOTS =
            List.of(
                    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void roots_are_those_that_certificate_transparency_publishes() {
        var leaves = KNOWN_LEAVES.stream().map(HexFormat.of()::parseHex).map(Hash::leaf).toList();
        Nodes nodes =
                (level, index) ->
                        Hash.fold(
                                leaves.subList(
                                        (int) (index << level), (int) ((index + 1) << level)));

        for (int size = 0; size <= leaves.size(); size++) {
            var root = HexFormat.of().formatHex(Proofs.root(nodes, size).bytes());
            assertEquals(KNOWN_ROOTS.get(size), root);
        }
    }

    @Test
    void every_root_is_that_of_the_definition() {
        for (int size = 0; size <= SIZE_MAX; size++) {
            assertEquals(right(0, size), Proofs.root(NODES, size));
        }
    }

    @Test
    void every_inclusion_proof_is_that_of_the_definition_and_holds() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            Hash root = right(0, size);
            for (int index = 0; index < size; index++) {
                List<Hash> path = Proofs.inclusion(NODES, index, size);
                Hash leaf = right(index, index + 1);

                assertEquals(hashes(DEFINITION.path(index, 0, size)), path);
                assertTrue(ProofCheck.includes(root, size, leaf, index, path));
            }
        }
    }

    @Test
    void every_consistency_proof_is_that_of_the_definition_and_holds() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            for (int old = 1; old <= size; old++) {
                List<Hash> path = Proofs.consistency(NODES, old, size);

                assertEquals(hashes(DEFINITION.proof(old, size)), path);
                assertTrue(ProofCheck.grows(right(0, old), old, right(0, size), size, path));
            }
        }
    }

    @Test
    void an_inclusion_proof_holds_for_nothing_else() {
        for (int size = 1; size <= 70; size++) {
            Hash root = right(0, size);
            for (int index = 0; index < size; index++) {
                List<Hash> path = Proofs.inclusion(NODES, index, size);
                Hash leaf = right(index, index + 1);

                for (int other = -1; other <= size; other++) {
                    boolean same = other == index;
                    assertEquals(same, ProofCheck.includes(root, size, leaf, other, path));
                }
                for (List<Hash> wrong : damaged(path)) {
                    assertFalse(ProofCheck.includes(root, size, leaf, index, wrong));
                }
                assertFalse(ProofCheck.includes(root, size, root(size + 1), index, path));
                assertFalse(ProofCheck.includes(root(size + 1), size, leaf, index, path));
            }
        }
    }

    @Test
    void a_consistency_proof_holds_for_no_other_trees() {
        for (int size = 1; size <= 70; size++) {
            for (int old = 1; old <= size; old++) {
                Hash oldRoot = right(0, old);
                Hash root = right(0, size);
                List<Hash> path = Proofs.consistency(NODES, old, size);

                for (List<Hash> wrong : damaged(path)) {
                    assertFalse(ProofCheck.grows(oldRoot, old, root, size, wrong));
                }
                assertFalse(ProofCheck.grows(root(size + 1), old, root, size, path));
                assertFalse(ProofCheck.grows(oldRoot, old, root(size + 1), size, path));
                assertFalse(ProofCheck.grows(oldRoot, -old, root, size, path));
                assertFalse(ProofCheck.grows(oldRoot, size + 1, root, size, path));
            }
        }
    }

    @Test
    void every_tree_continues_the_empty_one_without_a_proof() {
        Hash root = right(0, 9);
        Hash empty = Hash.OF_EMPTY_TREE;

        assertEquals(List.of(), Proofs.consistency(NODES, 0, 9));
        assertTrue(ProofCheck.grows(empty, 0, root, 9, List.of()));
        assertTrue(ProofCheck.grows(empty, 0, empty, 0, List.of()));
        assertFalse(ProofCheck.grows(root, 0, root, 9, List.of()));
        assertFalse(ProofCheck.grows(empty, 0, root, 9, List.of(root)));
        assertFalse(ProofCheck.grows(empty, 0, root, 0, List.of(root)));
    }

    @Test
    void proofs_in_huge_trees_are_refused_without_a_fault() {
        var random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            long size = random.nextLong(Long.MAX_VALUE) >> random.nextInt(62);
            long other = random.nextLong(size + 1);
            var path = new ArrayList<Hash>();
            for (int i = random.nextInt(64); i > 0; i--) {
                path.add(right(0, i));
            }

            assertFalse(ProofCheck.includes(root(5), size, root(4), other, path) && size > 1);
            assertFalse(ProofCheck.grows(root(5), other, root(4), size, path));
        }
    }

    @Test
    void what_is_not_in_the_tree_is_not_proved() {
        assertThrows(IllegalArgumentException.class, () -> Proofs.inclusion(NODES, 5, 5));
        assertThrows(IllegalArgumentException.class, () -> Proofs.inclusion(NODES, -1, 5));
        assertThrows(IllegalArgumentException.class, () -> Proofs.consistency(NODES, 6, 5));
        assertThrows(IllegalArgumentException.class, () -> Proofs.consistency(NODES, -1, 5));
        assertThrows(IllegalArgumentException.class, () -> Proofs.root(NODES, -1));
    }

    @Test
    void a_hash_has_one_text() {
        Hash hash = right(0, 3);

        assertEquals(hash, Hash.parse(hash.toString()).orElseThrow());
        assertEquals(hash, Hash.of(hash.bytes()));
        assertEquals(hash.hashCode(), Hash.of(hash.bytes()).hashCode());
        assertNotEquals(hash, right(0, 4));
        assertTrue(Hash.parse(hash.toString().replace("=", "")).isEmpty());
        assertTrue(Hash.parse("AAAA").isEmpty());
        assertTrue(Hash.parse("*").isEmpty());
        assertTrue(Hash.parse("A".repeat(42) + "B=").isEmpty());
        assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    }

    /// One hash changed, one left out, one more, two exchanged.
    private static List<List<Hash>> damaged(List<Hash> path) {
        var all = new ArrayList<List<Hash>>();
        for (int i = 0; i < path.size(); i++) {
            var changed = new ArrayList<>(path);
            var bytes = path.get(i).bytes();
            bytes[i % Hash.BYTES] ^= 1;
            changed.set(i, Hash.of(bytes));
            all.add(changed);
            var shorter = new ArrayList<>(path);
            shorter.remove(i);
            all.add(shorter);
            if (i > 0) {
                var exchanged = new ArrayList<>(path);
                exchanged.set(i, path.get(i - 1));
                exchanged.set(i - 1, path.get(i));
                all.add(exchanged);
            }
        }
        var longer = new ArrayList<>(path);
        longer.add(root(2));
        all.add(longer);
        var earlier = new ArrayList<>(path);
        earlier.addFirst(root(2));
        all.add(earlier);
        return all;
    }

    private static Hash root(int size) {
        return right(0, size);
    }

    private static Hash right(int start, int end) {
        return Hash.of(DEFINITION.hash(start, end));
    }

    private static List<Hash> hashes(List<byte[]> hashes) {
        return hashes.stream().map(Hash::of).toList();
    }
}
