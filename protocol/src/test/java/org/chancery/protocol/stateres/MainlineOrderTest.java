package org.chancery.protocol.stateres;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.authrules.JudgedPdu;
import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class MainlineOrderTest {
    private final TestRoom room = TestRoom.empty(RoomVersion.V11);
    private final Map<EventId, JudgedPdu> events = new HashMap<>();

    @Test
    void events_under_older_power_levels_come_first() {
        levels("p0");
        levels("p1", "p0");
        levels("p2", "p1");
        var newest = topic("a", 1, "p2");
        var middle = topic("b", 2, "p1");
        var oldest = topic("c", 3, "p0");
        var none = topic("d", 4);

        assertEquals(
                List.of(none, oldest, middle, newest), sorted("p2", newest, middle, oldest, none));
    }

    @Test
    void power_levels_off_the_mainline_stand_where_they_join_it() {
        levels("p0");
        levels("p1", "p0");
        levels("p2", "p1");
        levels("off", "p1");
        levels("further", "off");
        var aside = topic("a", 9, "further");
        var again = topic("b", 8, "further");
        var between = topic("c", 7, "off");
        var old = topic("z", 10, "p0");
        var newest = topic("y", 1, "p2");

        assertEquals(
                List.of(old, between, again, aside, newest),
                sorted("p2", aside, again, between, old, newest));
    }

    @Test
    void power_levels_that_were_rejected_stay_on_the_mainline() {
        levels("p0");
        levels("p1", "p0");
        levels("p2", "p1");
        var why = new Verdict.Denied("9.9.1", "in a test");
        events.computeIfPresent(
                room.id("p1"), (_, judged) -> new JudgedPdu.Rejected(judged.pdu(), why));
        var newest = topic("a", 1, "p2");
        var middle = topic("b", 2, "p1");
        var oldest = topic("c", 3, "p0");

        assertEquals(List.of(oldest, middle, newest), sorted("p2", newest, middle, oldest));
    }

    @Test
    void without_a_mainline_the_older_come_first_and_then_the_smaller_ids() {
        levels("p0");
        var c = topic("c", 7, "p0");
        var b = topic("b", 7);
        var a = topic("a", 8);

        assertEquals(List.of(b, c, a), MainlineOrder.sort(List.of(a, b, c), null, resolved()));
    }

    @Test
    void power_levels_on_a_circle_end() {
        levels("p0", "p1");
        levels("p1", "p0");
        levels("q0", "q1");
        levels("q1", "q0");
        var on = topic("on", 1, "p1");
        var off = topic("off", 2, "q1");

        assertEquals(List.of(off, on), sorted("p0", on, off));
    }

    @Test
    void long_mainlines_need_no_stack() {
        levels("0");
        for (int i = 1; i < 5_000; i++) {
            levels(Integer.toString(i), Integer.toString(i - 1));
        }
        var young = topic("young", 1, "4999");
        var old = topic("old", 2, "0");

        assertEquals(List.of(old, young), sorted("4999", young, old));
    }

    private void levels(String name, String... auth) {
        event(name, "m.room.power_levels", 0, auth);
    }

    private Pdu topic(String name, long time, String... auth) {
        return event(name, "m.room.topic", time, auth);
    }

    private Pdu event(String name, String type, long time, String... auth) {
        var ids = Arrays.stream(auth).map(room::id).toArray(EventId[]::new);
        var event =
                room.event(name, ALICE, type, "", TestRoom.json("{}")).auth(ids).at(time).build();
        events.put(event.eventId(), new JudgedPdu.Accepted(event));
        return event;
    }

    private List<Pdu> sorted(String powerLevels, Pdu... topics) {
        return MainlineOrder.sort(List.of(topics), room.id(powerLevels), resolved());
    }

    private ResolvedRoom resolved() {
        return new ResolvedRoom(new AuthRules((_, _, _) -> false), RoomVersion.V11, events::get);
    }
}
