package org.chancery.protocol.outside;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.stateres.EventSource;
import org.chancery.protocol.stateres.StateResolution;
import org.chancery.protocol.stateres.WalkedAuthChains;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Resolves the state-resolution cases of another implementation and compares the resolved states.
@Tag("outside")
class StateResolutionVectorsTest {
    private static final AuthRules RULES = new AuthRules((_, _, _) -> false);

    @ParameterizedTest
    @CsvSource({
        "minimal_private_chat, bootstrap-private-chat",
        "minimal_public_chat, bootstrap-public-chat",
        "origin_server_ts_tiebreak, bootstrap-private-chat origin-server-ts-tiebreak",
        "ban_vs_power_levels, bootstrap-public-chat ban-vs-power-levels-alice"
                + " ban-vs-power-levels-bob",
        "concurrent_joins, bootstrap-public-chat concurrent-joins-charlie concurrent-joins-ella",
        "join_rules_vs_join, bootstrap-public-chat join-rules-vs-join-common"
                + " join-rules-vs-join-alice join-rules-vs-join-ella",
        "power_levels_admin_vs_mod, bootstrap-public-chat power-levels-admin-vs-mod-alice"
                + " power-levels-admin-vs-mod-bob",
        "topic_vs_ban, bootstrap-public-chat topic-vs-ban-common topic-vs-ban-alice"
                + " topic-vs-ban-bob",
        "topic_vs_power_levels, bootstrap-public-chat topic-vs-power-levels-alice"
                + " topic-vs-power-levels-bob",
    })
    void a_room_resolves_alike_event_by_event_batch_by_batch_and_all_at_once(
            String name, String files) throws IOException {
        var batches = new ArrayList<List<Pdu>>();
        for (var file : files.split(" ", -1)) {
            batches.add(Room.read("state-resolution/" + file + ".json"));
        }
        var all = batches.stream().flatMap(List::stream).toList();
        var expected = expected(name);

        assertEquals(expected, new Room(all).eventByEvent(), "event by event");
        assertEquals(expected, new Room(all).batchByBatch(batches), "batch by batch");
        assertEquals(expected, new Room(all).batchByBatch(List.of(all)), "all at once");
    }

    @ParameterizedTest
    @CsvSource({
        "msc4297_problem_a_state_res_v2_0, MSC4297-problem-A, pdus-v11, state-bob, state-charlie",
        "msc4297_problem_a_state_res_v2_1, MSC4297-problem-A, pdus-v12, state-bob, state-charlie",
        "msc4297_problem_b_state_res_v2_0, MSC4297-problem-B, pdus-v11, state-eve, state-zara",
        "msc4297_problem_b_state_res_v2_1, MSC4297-problem-B, pdus-v12, state-eve, state-zara",
    })
    void two_states_of_the_problems_of_msc4297_resolve(
            String name, String folder, String pdus, String one, String other) throws IOException {
        var directory = "state-resolution/" + folder + "/";
        var room = new Room(Room.read(directory + pdus + ".json"));

        var resolved =
                room.resolve(List.of(room.state(directory, one), room.state(directory, other)));

        assertEquals(expected(name), texts(resolved));
    }

    private static Map<String, String> expected(String name) throws IOException {
        var file = Shared.vectors("state-resolution/expected/" + name + "@resolved_state.snap");
        var text = Files.readString(file);
        var json = text.substring(text.indexOf("---", 3) + 3);
        var expected = new TreeMap<String, String>();
        for (var event : ((JsonArray) Json.parse(json.getBytes(UTF_8))).objects()) {
            expected.put(
                    event.string("type").orElseThrow()
                            + " "
                            + event.string("state_key").orElseThrow(),
                    event.string("event_id").orElseThrow());
        }
        return expected;
    }

    private static Map<String, String> texts(Map<StateKey, EventId> state) {
        var texts = new TreeMap<String, String>();
        state.forEach((key, id) -> texts.put(key.type() + " " + key.key(), id.value()));
        return texts;
    }

    /// The events of a case.
    private static final class Room {
        private final Map<EventId, Pdu> events = new LinkedHashMap<>();
        private final Map<EventId, JudgedPdu> judged = new HashMap<>();
        private final RoomVersion version;

        Room(List<Pdu> pdus) {
            for (var pdu : pdus) {
                events.put(pdu.eventId(), pdu);
                judged.put(pdu.eventId(), new JudgedPdu.Accepted(pdu));
            }
            version = pdus.getFirst().version();
        }

        /// The events lack what the algorithm does not look at; that is filled in.
        static List<Pdu> read(String file) throws IOException {
            var pdus = new ArrayList<Pdu>();
            var array = Shared.array(Shared.vectors(file)).objects();
            var version =
                    array.getFirst()
                            .object("content")
                            .flatMap(content -> content.string("room_version"))
                            .flatMap(RoomVersion::of)
                            .orElse(RoomVersion.V10);
            for (var event : array) {
                var id = EventId.parse(event.string("event_id").orElseThrow());
                var full =
                        event.with("depth", 1)
                                .with("hashes", JsonObject.EMPTY)
                                .with("signatures", JsonObject.EMPTY);
                pdus.add(Pdu.restore(id, full, version));
            }
            return pdus;
        }

        Map<StateKey, EventId> state(String directory, String file) throws IOException {
            var state = new HashMap<StateKey, EventId>();
            for (var id : Shared.array(Shared.vectors(directory + file + ".json")).strings()) {
                var event = get(EventId.parse(id));
                state.put(event.place().orElseThrow(), event.eventId());
            }
            return state;
        }

        /// Each event against the state before it, as a server does that sees them come.
        Map<String, String> eventByEvent() {
            var after = new HashMap<EventId, Map<StateKey, EventId>>();
            var heads = new LinkedHashSet<EventId>();
            var waiting = new ArrayDeque<>(events.values());
            while (!waiting.isEmpty()) {
                var event = waiting.remove();
                if (!after.keySet().containsAll(event.prevEvents())) {
                    waiting.add(event);
                    continue;
                }
                var state =
                        new HashMap<>(
                                resolve(event.prevEvents().stream().map(after::get).toList()));
                var before = Map.copyOf(state);
                if (RULES.judge(event, view(before)).isAllowed()) {
                    event.place().ifPresent(key -> state.put(key, event.eventId()));
                }
                after.put(event.eventId(), state);
                event.prevEvents().forEach(heads::remove);
                heads.add(event.eventId());
            }
            return texts(resolve(heads.stream().map(after::get).toList()));
        }

        /// Each event of a batch is a state of its own, beside the resolution so far.
        Map<String, String> batchByBatch(List<List<Pdu>> batches) {
            Map<StateKey, EventId> resolved = Map.of();
            for (var batch : batches) {
                var states = new ArrayList<Map<StateKey, EventId>>();
                if (!resolved.isEmpty()) {
                    states.add(resolved);
                }
                for (var event : batch) {
                    states.add(Map.of(event.place().orElseThrow(), event.eventId()));
                }
                resolved = resolve(states);
            }
            return texts(resolved);
        }

        Map<StateKey, EventId> resolve(List<Map<StateKey, EventId>> states) {
            EventSource source = judged::get;
            return new StateResolution(RULES)
                    .resolve(version, states, source, new WalkedAuthChains(source));
        }

        private AuthState view(Map<StateKey, EventId> state) {
            return key -> {
                var id = state.get(key);
                return id == null ? null : events.get(id);
            };
        }

        private Pdu get(EventId id) {
            var event = events.get(id);
            if (event == null) {
                throw new AssertionError("no event " + id);
            }
            return event;
        }
    }
}
