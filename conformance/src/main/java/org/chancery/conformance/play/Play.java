package org.chancery.conformance.play;

import java.util.List;
import java.util.Optional;

/// A scenario as it went on one server.
///
/// @param broken why it did not come to its end
public record Play(List<Played> exchanges, Optional<String> broken) {
    public Play {
        exchanges = List.copyOf(exchanges);
    }
}
