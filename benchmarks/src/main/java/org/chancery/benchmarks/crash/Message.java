package org.chancery.benchmarks.crash;

import java.util.Optional;
import org.chancery.protocol.json.JsonObject;

/// A message of ours as the server shows it. Its text is the id of the transaction that sent it:
/// `cCYCLE.SENDER.NUMBER`.
record Message(String event, String txn) {
    static Optional<Message> of(JsonObject event) {
        if (!event.string("type").orElse("").equals("m.room.message")) {
            return Optional.empty();
        }
        String text = event.object("content").flatMap(c -> c.string("body")).orElse("");
        return Optional.of(new Message(event.string("event_id").orElse(""), text));
    }

    String sender() {
        return txn.substring(0, txn.lastIndexOf('.'));
    }

    int number() {
        return Integer.parseInt(txn, txn.lastIndexOf('.') + 1, txn.length(), 10);
    }
}
