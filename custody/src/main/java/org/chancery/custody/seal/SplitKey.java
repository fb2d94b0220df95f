package org.chancery.custody.seal;

import com.codahale.shamir.Scheme;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Shamir's secret sharing over GF(256): any `k` of `n` shares give the secret, fewer tell nothing.
/// A wrong share gives another secret and no error, so shares are checked against their digests
/// before they come here.
public final class SplitKey {
    private SplitKey() {}

    /// The shares, the first of which has number 1.
    public static List<Secret> split(Secret secret, int k, int n, SecureRandom random) {
        Map<Integer, byte[]> parts = new Scheme(random, n, k).split(secret.bytes());
        List<Secret> shares = new ArrayList<>();
        for (int index = 1; index <= n; index++) {
            shares.add(Secret.taking(part(parts, index)));
        }
        return shares;
    }

    /// The secret of these shares, by their numbers; throws [SealFault] where they are too few or
    /// do
    /// not all belong to one secret.
    public static Secret join(Map<Integer, Secret> shares, int k, int n, SecureRandom random) {
        if (shares.size() < k) {
            throw new SealFault(shares.size() + " shares are too few: it takes " + k);
        }
        Scheme scheme = new Scheme(random, n, k);
        Map<Integer, byte[]> first = new HashMap<>();
        Iterator<Integer> rest = shares.keySet().stream().sorted().iterator();
        for (int i = 0; i < k; i++) {
            int index = rest.next();
            first.put(index, bytes(shares, index));
        }
        Secret secret = Secret.taking(scheme.join(first));
        int exchanged = first.keySet().iterator().next();
        while (rest.hasNext()) {
            int index = rest.next();
            Map<Integer, byte[]> others = new HashMap<>(first);
            others.remove(exchanged);
            others.put(index, bytes(shares, index));
            try (Secret same = Secret.taking(scheme.join(others))) {
                if (!same.equals(secret)) {
                    secret.close();
                    throw new SealFault("the shares are not of one key");
                }
            }
        }
        return secret;
    }

    private static byte[] bytes(Map<Integer, Secret> shares, int index) {
        Secret share = shares.get(index);
        if (share == null) {
            throw new SealFault("there is no share " + index);
        }
        return share.bytes();
    }

    private static byte[] part(Map<Integer, byte[]> parts, int index) {
        byte[] part = parts.get(index);
        if (part == null) {
            throw new IllegalStateException("the scheme made no share " + index);
        }
        return part;
    }
}
