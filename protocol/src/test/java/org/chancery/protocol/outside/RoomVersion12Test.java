package org.chancery.protocol.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.AuthState;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.event.ContentHash;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.stateres.EventSource;
import org.chancery.protocol.stateres.StateResolution;
import org.chancery.protocol.stateres.WalkedAuthChains;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A real room of version 12: every event's hash, ID and authorization holds.
@Tag("outside")
class RoomVersion12Test {
    private static final AuthRules RULES = new AuthRules((_, _, _) -> false);

    private final Map<EventId, JudgedPdu> judged = new LinkedHashMap<>();
    private final Map<EventId, Map<StateKey, EventId>> after = new HashMap<>();

    @Test
    void every_event_of_a_real_room_passes() throws IOException {
        var events = read();
        assertFalse(events.isEmpty());
        for (var event : events) {
            judged.put(event.eventId(), new JudgedPdu.Accepted(event));
        }

        for (var event : events) {
            var claimed = event.json().object("unsigned").flatMap(u -> u.string("event_id"));
            assertEquals(claimed.orElseThrow(), event.eventId().value());
            assertTrue(ContentHash.holds(event.json()), event.toString());
            judge(event, events.getFirst());
        }
    }

    private void judge(Pdu event, Pdu create) {
        var authEvents =
                event.authEvents().stream()
                        .map(id -> Objects.requireNonNull(judged.get(id)))
                        .toList();
        var before = stateBefore(event);

        assertEquals(Verdict.allowed(), RULES.checkAuthEvents(event, authEvents), event.toString());
        var byAuthEvents = AuthState.ofAuthEvents(create, authEvents);
        assertEquals(Verdict.allowed(), RULES.judge(event, byAuthEvents), event.toString());
        assertEquals(Verdict.allowed(), RULES.judge(event, view(before)), event.toString());

        var state = new HashMap<>(before);
        event.place().ifPresent(key -> state.put(key, event.eventId()));
        after.put(event.eventId(), state);
    }

    private Map<StateKey, EventId> stateBefore(Pdu event) {
        EventSource source = judged::get;
        var states = event.prevEvents().stream().map(after::get).toList();
        return new StateResolution(RULES)
                .resolve(RoomVersion.V12, states, source, new WalkedAuthChains(source));
    }

    private AuthState view(Map<StateKey, EventId> state) {
        return key -> {
            var id = state.get(key);
            var event = id == null ? null : judged.get(id);
            return event == null ? null : event.pdu();
        };
    }

    private static List<Pdu> read() throws IOException {
        var events = new ArrayList<Pdu>();
        var file = Shared.vectors("room-v12/testroom-v12-success.jsonl");
        for (var line : Files.readAllLines(file)) {
            var json = Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
            events.add(Pdu.parse(json, RoomVersion.V12));
        }
        return events;
    }
}
