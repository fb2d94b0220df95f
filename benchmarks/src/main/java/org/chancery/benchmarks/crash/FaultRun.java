package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chancery.benchmarks.client.Connection;
import org.chancery.benchmarks.client.Connection.Answer;
import org.chancery.benchmarks.client.World;
import org.chancery.benchmarks.server.Launcher;
import org.chancery.benchmarks.server.ServerProcess;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// One fault from its begin to its end: writes are refused for good, reads go on, a watcher is
/// told,
/// and after a restart on sound ground all that was acknowledged is there.
final class FaultRun {
    private static final int SENT_BEFORE = 100;
    private static final int SENT_TILL_REFUSED_MAX = 50_000;
    private static final int SENT_AFTER = 30;
    private static final String HEALTH = "/_chancery/health";

    private final Launcher launcher;
    private final Fault fault;
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, String> acknowledged = new TreeMap<>();
    private int sent;

    FaultRun(Launcher launcher, Fault fault) {
        this.launcher = launcher;
        this.fault = fault;
    }

    /// What was not as it should be.
    List<String> run() throws IOException {
        World.Seat seat;
        try (ServerProcess server = launcher.start()) {
            server.awaitReady();
            try (Connection connection = new Connection(launcher.port())) {
                World world = new World(connection, "fault");
                seat = world.room(world.person("writer-"), List.of()).getFirst();
                for (int i = 0; i < SENT_BEFORE; i++) {
                    check(send(connection, seat).status() == 200, "a write before the fault");
                }
                fault.begin();
                duringFault(connection, seat);
            }
            check(server.isAlive(), "the server went on");
        }
        fault.end();
        try (ServerProcess server = launcher.start()) {
            server.awaitReady();
            try (Connection connection = new Connection(launcher.port())) {
                afterwards(connection, seat);
            }
        }
        return wrong;
    }

    private void duringFault(Connection connection, World.Seat seat) throws IOException {
        Answer refusal = send(connection, seat);
        while (refusal.status() == 200 && sent < SENT_TILL_REFUSED_MAX) {
            refusal = send(connection, seat);
        }
        checkRefusal(refusal);
        long vainWrites = fault.vainWrites();
        for (int i = 0; i < SENT_AFTER; i++) {
            checkRefusal(send(connection, seat));
        }
        check(fault.vainWrites() == vainWrites, "nothing is written again after a failure");
        int health = connection.get(HEALTH, "").status();
        check(health == 503, "health says 503, not " + health);
        String room = World.CLIENT + "/rooms/" + World.encoded(seat.room());
        check(connection.get(room + "/state", seat.token()).status() == 200, "state is read");
        checkHistory(Client.history(connection, seat.token(), seat.room()));
    }

    private void afterwards(Connection connection, World.Seat seat) throws IOException {
        int health = connection.get(HEALTH, "").status();
        check(health == 200, "health says 200 after the restart, not " + health);
        check(send(connection, seat).status() == 200, "a write after the restart");
        checkHistory(Client.history(connection, seat.token(), seat.room()));
    }

    private Answer send(Connection connection, World.Seat seat) throws IOException {
        String txn = "f.0." + sent++;
        Answer answer = Client.send(connection, seat, txn);
        if (answer.status() == 200) {
            acknowledged.put(txn, answer.json().string("event_id").orElse(""));
        }
        return answer;
    }

    private void checkHistory(List<Message> shown) {
        Findings findings = new Findings();
        new Verification(findings).history("the room", shown, acknowledged);
        check(findings.isEmpty(), "every acknowledged event is there once: " + findings);
    }

    /// An error as the specification has it, that tells nothing of the inside.
    private void checkRefusal(Answer answer) {
        check(answer.status() >= 400, "a write is refused, not answered " + answer.status());
        check(hasErrcode(answer), "a refusal has an errcode: " + answer.text());
        check(
                !answer.text().contains("Exception") && !answer.text().contains("\tat "),
                "a refusal shows no stack: " + answer.text());
    }

    private static boolean hasErrcode(Answer answer) {
        try {
            JsonObject body = answer.json();
            return body.string("errcode").filter(code -> code.startsWith("M_")).isPresent();
        } catch (MalformedJson e) {
            return false;
        }
    }

    private void check(boolean good, String what) {
        if (!good && !wrong.contains(what)) {
            wrong.add(what);
        }
    }
}
