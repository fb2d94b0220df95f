package org.chancery.archive.order;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.archive.stock.Digest;

/// Cut and choose: which tenth of a stock is opened. The chance comes from the order: the witnessed
/// checkpoint of the log that already held the stock, and the signatures of custodians over it. So
/// it
/// is fixed after the stock could no longer be changed, no one of them decides it alone, and
/// everybody can repeat it.
public final class Choice {
    private static final String KIND = "org.chancery.choice.v1";
    private static final int PART = 10;

    private Choice() {}

    /// The numbers of the identities to open, rising.
    ///
    /// @param identities how many the stock has
    public static List<Integer> of(Order order, int identities) {
        return of(order.digest(), identities);
    }

    static List<Integer> of(Digest chance, int identities) {
        // Fisher and Yates: the first places of a shuffled row.
        List<Integer> row = new ArrayList<>();
        for (int number = 1; number <= identities; number++) {
            row.add(number);
        }
        int chosen = size(identities);
        for (int place = 0; place < chosen; place++) {
            Collections.swap(row, place, place + drawn(chance, place, identities - place));
        }
        Set<Integer> rising = new TreeSet<>(row.subList(0, chosen));
        return List.copyOf(rising);
    }

    /// How many are opened: a tenth, at least one.
    public static int size(int identities) {
        return (identities + PART - 1) / PART;
    }

    /// The chance that at least one of so many bad identities is among those opened, in percent:
    /// one less the chance that all that are opened are among the good.
    public static double percentCaught(int identities, int bad) {
        double escape = 1;
        for (int place = 0; place < size(identities); place++) {
            escape *= (double) Math.max(0, identities - bad - place) / (identities - place);
        }
        return 100 * (1 - escape);
    }

    /// A number below the bound, from 256 bits: the bias is below 2^-230.
    private static int drawn(Digest chance, int place, int bound) {
        byte[] counter = ByteBuffer.allocate(Integer.BYTES).putInt(place).array();
        byte[] bits = Digest.of(KIND, chance.bytes(), counter).bytes();
        return new BigInteger(1, bits).mod(BigInteger.valueOf(bound)).intValue();
    }
}
