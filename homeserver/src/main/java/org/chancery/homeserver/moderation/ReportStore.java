package org.chancery.homeserver.moderation;

import java.util.List;
import org.chancery.homeserver.kernel.Tx;

/// The durable reports.
public interface ReportStore {
    /// The number of the latest report, 0 if there is none.
    long last(Tx tx);

    void insert(Tx tx, Report report);

    /// Reports below a number, the latest first.
    List<Report> before(long number, int limit);
}
