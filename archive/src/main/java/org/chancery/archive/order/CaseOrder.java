package org.chancery.archive.order;

import java.nio.ByteBuffer;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.stock.Digest;

/// A case at its place in the log: what custodians release shares for. Its digest stands in the
/// released shares and in the `info` under which they are sealed, so that a share released for one
/// leaf opens for no other, be it the same case logged twice.
///
/// @param index the place of the case's leaf in the log
public record CaseOrder(CaseEntry entry, long index) {
    private static final String TYPE = "org.chancery.case_order.v1";

    /// Names the case in the shares that are released for it.
    public Digest digest() {
        byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(index).array();
        return Digest.of(TYPE, entry.digest().bytes(), place);
    }
}
