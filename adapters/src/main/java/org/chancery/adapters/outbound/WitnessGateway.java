package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.chancery.tlog.witness.WitnessDoor;

/// The way to one witness of this server's log (C2SP tlog-witness, "add-checkpoint").
public final class WitnessGateway implements WitnessDoor {
    private static final Map<String, String> HEADERS =
            Map.of("Content-Type", "text/plain; charset=utf-8");

    private final Outbound outbound;
    private final URI door;
    private final Hosts allowed;

    /// @param prefix the witness's submission prefix, which is on the list by being configured.
    ///     Throws `IllegalArgumentException` for what is no address to which anything is sent
    public WitnessGateway(Outbound outbound, String prefix) {
        this.outbound = outbound;
        this.door = URI.create(prefix.replaceFirst("/+$", "") + "/add-checkpoint");
        if (door.getHost() == null) {
            throw new IllegalArgumentException("not an address of a witness: " + prefix);
        }
        this.allowed =
                Hosts.of(
                        List.of(
                                door.getPort() < 0
                                        ? door.getHost()
                                        : door.getHost() + ":" + door.getPort()));
        if (!outbound.accepts(door, allowed)) {
            throw new IllegalArgumentException("a witness is asked by https: " + prefix);
        }
    }

    @Override
    public Reply addCheckpoint(byte[] body) {
        try {
            Outbound.Answer answer = outbound.post(door, allowed, HEADERS, body);
            return new Reply(answer.status(), answer.type(), answer.body().getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
