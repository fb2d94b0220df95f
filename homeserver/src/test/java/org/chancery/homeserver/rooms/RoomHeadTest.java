package org.chancery.homeserver.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.EventRef;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.kernel.Pending;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class RoomHeadTest {
    private static final RoomId ROOM = RoomId.parse("!room:hs1");

    private final RoomHead head =
            new RoomHead(
                    RoomRef.pending(ROOM, RoomVersion.V11), new ServerName("hs1"), _ -> List.of());

    @Test
    void a_head_that_has_grown_is_to_be_weighed_again() {
        head.weigh();
        int empty = head.weight();

        for (int i = 0; i < 1_000; i++) {
            set("org.example.state", "key" + i, i);
        }

        assertTrue(head.hasOutgrownItsWeight());
        head.weigh();
        assertFalse(head.hasOutgrownItsWeight());
        assertTrue(head.weight() - empty >= 1_000);
    }

    @Test
    void a_head_that_changes_without_growing_keeps_its_weight() {
        set("org.example.state", "", 0);
        head.weigh();
        int weight = head.weight();

        for (int i = 1; i < 1_000; i++) {
            set("org.example.state", "", i);
        }

        assertFalse(head.hasOutgrownItsWeight());
        assertEquals(weight, head.size());
    }

    @Test
    void a_transaction_is_remembered_until_its_event_is_durable() {
        Pending<Long> open = new Pending<>();
        RoomHead.Sending sending = new RoomHead.Sending(EventId.parse("$open"), open);
        head.remember(transaction(0), sending);

        Optional<RoomHead.Sending> meanwhile = head.sending(transaction(0));
        open.complete(1L);
        for (int i = 1; i < 5_000; i++) {
            EventId id = EventId.parse("$e" + i);
            head.remember(transaction(i), new RoomHead.Sending(id, Pending.done((long) i)));
        }

        assertEquals(Optional.of(sending), meanwhile);
        assertEquals(Optional.empty(), head.sending(transaction(0)));
        assertTrue(head.size() < 10, () -> "size " + head.size());
    }

    private static Transaction transaction(int number) {
        UserId alice = UserId.parse("@alice:hs1");
        return new Transaction(alice, new DeviceId("PHONE"), "send", "t" + number);
    }

    private void set(String type, String key, int number) {
        JsonObject json =
                JsonObject.of("type", type)
                        .with("state_key", key)
                        .with("room_id", ROOM.toString())
                        .with("sender", "@alice:hs1")
                        .with("content", JsonObject.EMPTY.with("number", number))
                        .with("depth", number + 1)
                        .with("origin_server_ts", 1)
                        .with("prev_events", JsonArray.EMPTY)
                        .with("auth_events", JsonArray.EMPTY)
                        .with("hashes", JsonObject.of("sha256", "none"))
                        .with("signatures", JsonObject.EMPTY);
        Pdu pdu = Pdu.parse(json, RoomVersion.V11);
        head.advance(pdu, EventRef.pending(pdu.eventId()));
    }
}
