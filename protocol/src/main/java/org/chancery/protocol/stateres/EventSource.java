package org.chancery.protocol.stateres;

import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.id.EventId;
import org.jspecify.annotations.Nullable;

/// Where state resolution fetches events.
@FunctionalInterface
public interface EventSource {
    /// The event, or null where it is not known.
    @Nullable JudgedPdu get(EventId id);
}
