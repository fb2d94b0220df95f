package org.chancery.conformance.play;

import java.util.Map;
import org.chancery.conformance.spec.Exchange;

/// A line as it went on one server.
///
/// @param name scenario, operation and, from the second time on, a number:
///     `rooms/topic getRoomStateWithKey 2`
/// @param operation the `operationId`
/// @param names what the names of the scenario stand for on this server, for answers to be compared
public record Played(
        String name, String operation, Line line, Exchange exchange, Map<String, String> names) {
    public Played {
        names = Map.copyOf(names);
    }

    /// Whether status and errcode are those that are due.
    public boolean asDue() {
        Exchange.Answer answer = exchange.answer();
        return answer.status() == line.status()
                && (line.errcode().isEmpty() || line.errcode().equals(answer.errcode()));
    }
}
