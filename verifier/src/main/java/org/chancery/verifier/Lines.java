package org.chancery.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.chancery.ledger.leaf.MalformedLeaf;

/// Bytes in lines, each of which ends in a newline.
final class Lines {
    private Lines() {}

    static List<byte[]> of(byte[] bytes) {
        var lines = new ArrayList<byte[]>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        if (start != bytes.length) {
            throw new MalformedLeaf("the last line has no end");
        }
        return lines;
    }
}
