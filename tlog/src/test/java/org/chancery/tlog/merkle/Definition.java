package org.chancery.tlog.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// RFC 6962, sections 2.1 to 2.1.2, written down as the text says, by recursion over lists of
/// entries and with nothing of ours in it. What was computed once is remembered.
public final class Definition {
    private final List<byte[]> entries = new ArrayList<>();
    private final Map<String, byte[]> known = new HashMap<>();

    private Definition() {}

    public static Definition ofEntries(int count) {
        var definition = new Definition();
        for (int i = 0; i < count; i++) {
            definition.entries.add(entry(i));
        }
        return definition;
    }

    public static byte[] entry(int index) {
        return ("entry " + index).getBytes(UTF_8);
    }

    /// MTH(D[start:end]).
    public byte[] hash(int start, int end) {
        var remembered = known.get(start + " " + end);
        if (remembered != null) {
            return remembered;
        }
        byte[] hash;
        if (start == end) {
            hash = sha256();
        } else if (end - start == 1) {
            hash = sha256(new byte[] {0}, entries.get(start));
        } else {
            int k = split(end - start);
            hash = sha256(new byte[] {1}, hash(start, start + k), hash(start + k, end));
        }
        known.put(start + " " + end, hash);
        return hash;
    }

    /// PATH(m, D[start:end]).
    public List<byte[]> path(int m, int start, int end) {
        var path = new ArrayList<byte[]>();
        if (end - start == 1) {
            return path;
        }
        int k = split(end - start);
        if (m < k) {
            path.addAll(path(m, start, start + k));
            path.add(hash(start + k, end));
        } else {
            path.addAll(path(m - k, start + k, end));
            path.add(hash(start, start + k));
        }
        return path;
    }

    /// PROOF(m, D[0:n]).
    public List<byte[]> proof(int m, int n) {
        return subproof(m, 0, n, true);
    }

    private List<byte[]> subproof(int m, int start, int end, boolean whole) {
        var proof = new ArrayList<byte[]>();
        if (m == end - start) {
            if (!whole) {
                proof.add(hash(start, end));
            }
            return proof;
        }
        int k = split(end - start);
        if (m <= k) {
            proof.addAll(subproof(m, start, start + k, whole));
            proof.add(hash(start + k, end));
        } else {
            proof.addAll(subproof(m - k, start + k, end, false));
            proof.add(hash(start, start + k));
        }
        return proof;
    }

    /// The largest power of two smaller than n.
    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }

    private static byte[] sha256(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
