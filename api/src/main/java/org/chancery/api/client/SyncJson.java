package org.chancery.api.client;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.push.Unread;
import org.chancery.homeserver.sync.DeviceListChanges;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.RoomSummary;
import org.chancery.homeserver.sync.ShownEvent;
import org.chancery.homeserver.sync.StrippedRoom;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonWriter;

/// Writes the answer of `/sync` as bytes (client-server API, `GET /sync`, answer 200). What is
/// empty
/// is left out, but for the counts of keys, which a client would take for zero.
final class SyncJson {
    private static final int EVENT_BYTES_TYPICAL = 640;

    private final SyncAnswer answer;
    private final List<String> stateNames;
    private final boolean threaded;
    private final ShownEventJson events;
    private final InstantSource clock;
    private final JsonWriter out;

    private SyncJson(
            SyncAnswer answer, Filter filter, InstantSource clock, List<String> stateNames) {
        this.answer = answer;
        this.stateNames = stateNames;
        this.threaded = filter.room().timeline().unreadThreadNotifications();
        this.events = new ShownEventJson(filter, clock);
        this.clock = clock;
        this.out = new JsonWriter(capacity(answer));
    }

    /// The bytes of the answer.
    ///
    /// @param stateNames what the state of a room is called: `state`, or `state_after` by one
    ///     spelling or both
    static byte[] write(
            SyncAnswer answer, Filter filter, InstantSource clock, List<String> stateNames) {
        SyncJson json = new SyncJson(answer, filter, clock, stateNames);
        json.write();
        return json.out.bytes();
    }

    private static int capacity(SyncAnswer answer) {
        int count = 1;
        for (JoinedRoom room : answer.rooms().joined()) {
            count += room.timeline().size() + room.state().size() + 1;
        }
        return count * EVENT_BYTES_TYPICAL;
    }

    private void write() {
        out.beginObject();
        if (!answer.accountData().isEmpty()) {
            accountData(answer.accountData());
        }
        deviceLists(answer.deviceLists());
        JsonArray unused = JsonArray.ofTexts(answer.keys().unusedFallbackTypes());
        out.name("device_one_time_keys_count").value(answer.keys().oneTimeCounts());
        out.name("device_unused_fallback_key_types").value(unused);
        out.name("next_batch").value(answer.nextBatch().toString());
        out.name("org.matrix.msc2732.device_unused_fallback_key_types").value(unused);
        presence();
        rooms(answer.rooms());
        toDevice(answer.toDevice());
        out.endObject();
    }

    private void accountData(List<AccountDatum> data) {
        out.name("account_data").beginObject().name("events").beginArray();
        for (AccountDatum datum : data) {
            out.beginObject().name("content").value(datum.content());
            out.name("type").value(datum.type()).endObject();
        }
        out.endArray().endObject();
    }

    private void deviceLists(DeviceListChanges lists) {
        if (!lists.changed().isEmpty() || !lists.left().isEmpty()) {
            out.name("device_lists").beginObject();
            out.name("changed").value(JsonArray.ofTexts(lists.changed()));
            out.name("left").value(JsonArray.ofTexts(lists.left())).endObject();
        }
    }

    private void presence() {
        if (answer.presence().isEmpty()) {
            return;
        }
        out.name("presence").beginObject().name("events").beginArray();
        for (SyncAnswer.Present present : answer.presence()) {
            out.beginObject();
            out.name("content").value(PresenceJson.of(present.status(), clock.instant()));
            out.name("sender").value(present.user().toString());
            out.name("type").value("m.presence").endObject();
        }
        out.endArray().endObject();
    }

    private void toDevice(List<ToDeviceMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        out.name("to_device").beginObject().name("events").beginArray();
        for (ToDeviceMessage message : messages) {
            out.beginObject().name("content").value(message.content());
            out.name("sender").value(message.sender().toString());
            out.name("type").value(message.type()).endObject();
        }
        out.endArray().endObject();
    }

    private void rooms(SyncAnswer.Rooms rooms) {
        if (rooms.isEmpty()) {
            return;
        }
        out.name("rooms").beginObject();
        stripped("invite", "invite_state", rooms.invited());
        if (!rooms.joined().isEmpty()) {
            out.name("join").beginObject();
            rooms.joined().forEach(room -> room(room, true));
            out.endObject();
        }
        stripped("knock", "knock_state", rooms.knocked());
        if (!rooms.left().isEmpty()) {
            out.name("leave").beginObject();
            rooms.left().forEach(room -> room(room, false));
            out.endObject();
        }
        out.endObject();
    }

    private void stripped(String section, String name, List<StrippedRoom> rooms) {
        if (rooms.isEmpty()) {
            return;
        }
        out.name(section).beginObject();
        for (StrippedRoom room : rooms) {
            out.name(room.room().id().value()).beginObject();
            out.name(name).beginObject();
            out.name("events").value(JsonArray.of(room.events())).endObject().endObject();
        }
        out.endObject();
    }

    private void room(JoinedRoom room, boolean isJoined) {
        out.name(room.room().id().value()).beginObject();
        if (!room.accountData().isEmpty() || !isJoined) {
            accountData(room.accountData());
        }
        if (isJoined) {
            ephemeral(room);
        }
        state(room.state());
        room.summary().ifPresent(this::summary);
        out.name("timeline").beginObject();
        events(room.timeline());
        out.name("limited").value(room.limited());
        out.name("prev_batch").value(room.prevBatch().toString()).endObject();
        if (isJoined) {
            unread(room.unread());
        }
        out.endObject();
    }

    private void state(List<ShownEvent> state) {
        for (String name : stateNames) {
            out.name(name).beginObject();
            events(state);
            out.endObject();
        }
    }

    private void events(List<ShownEvent> all) {
        out.name("events").beginArray();
        for (ShownEvent event : all) {
            events.write(out, event);
        }
        out.endArray();
    }

    private void summary(RoomSummary summary) {
        out.name("summary").beginObject();
        summary.heroes().ifPresent(heroes -> out.name("m.heroes").value(JsonArray.ofTexts(heroes)));
        out.name("m.invited_member_count").value(summary.invited());
        out.name("m.joined_member_count").value(summary.joined()).endObject();
    }

    /// A client that distinguishes threads is told of each, and in the first place of the main
    /// timeline only.
    private void unread(Unread unread) {
        if (threaded) {
            count("unread_notifications", unread.main());
            if (!unread.threads().isEmpty()) {
                out.name("unread_thread_notifications").beginObject();
                unread.threads().forEach(this::count);
                out.endObject();
            }
        } else {
            count("unread_notifications", unread.all());
        }
    }

    private void count(String name, Unread.Count count) {
        out.name(name).beginObject();
        out.name("highlight_count").value(count.highlights());
        out.name("notification_count").value(count.notifications()).endObject();
    }

    private void ephemeral(JoinedRoom room) {
        out.name("ephemeral").beginObject().name("events").beginArray();
        for (JsonObject content : receipts(room.receipts())) {
            out.beginObject().name("content").value(content);
            out.name("type").value("m.receipt").endObject();
        }
        if (room.typing().isPresent()) {
            List<UserId> typing = room.typing().get();
            out.beginObject().name("content");
            out.value(JsonObject.of("user_ids", JsonArray.ofTexts(typing)));
            out.name("type").value("m.typing").endObject();
        }
        out.endArray().endObject();
    }

    /// By event, type and user. A user may have receipts of one type on one event in several
    /// threads; as the form has place for one, the next begins a form of its own.
    private static List<JsonObject> receipts(List<Receipt> receipts) {
        List<JsonObject> forms = new ArrayList<>();
        for (Receipt receipt : receipts) {
            int at = 0;
            while (at < forms.size() && holds(forms.get(at), receipt)) {
                at++;
            }
            if (at == forms.size()) {
                forms.add(JsonObject.EMPTY);
            }
            forms.set(at, with(forms.get(at), receipt));
        }
        return forms;
    }

    private static boolean holds(JsonObject form, Receipt receipt) {
        return form.object(receipt.event().value())
                .flatMap(types -> types.object(receipt.type()))
                .filter(users -> users.has(receipt.user().toString()))
                .isPresent();
    }

    private static JsonObject with(JsonObject form, Receipt receipt) {
        JsonObject content = JsonObject.EMPTY.with("ts", receipt.ts());
        if (receipt.thread().isPresent()) {
            content = content.with("thread_id", receipt.thread().get());
        }
        String event = receipt.event().value();
        JsonObject types = form.object(event).orElse(JsonObject.EMPTY);
        JsonObject users = types.object(receipt.type()).orElse(JsonObject.EMPTY);
        return form.with(
                event, types.with(receipt.type(), users.with(receipt.user().toString(), content)));
    }
}
