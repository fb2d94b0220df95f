package org.chancery.app;

import java.util.List;
import java.util.Optional;
import org.chancery.governance.records.Alerts;
import org.chancery.governance.records.Session;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Says in a record room, in the name of the service, that a message may be missing in the record:
/// a notice that answers the message and mentions its sender (client-server API, "m.notice",
/// "Replies", "User and room mentions"), so that every client shows it.
///
/// @param service who may write in clear there
record GapNotice(RoomWriter writer, UserId service) implements Alerts.Notice {
    private static final DeviceId NOBODY = new DeviceId("records");

    @Override
    public void say(RoomId room, UserId sender, EventId message, Session.State state) {
        JsonObject answered =
                JsonObject.of("m.in_reply_to", JsonObject.EMPTY.with("event_id", message.value()));
        JsonObject content =
                JsonObject.EMPTY
                        .with("msgtype", "m.notice")
                        .with("body", text(sender, state))
                        .with(
                                "m.mentions",
                                JsonObject.of("user_ids", JsonArray.ofTexts(List.of(sender))))
                        .with("m.relates_to", answered);
        writer.send(
                room,
                EventDraft.message(service, "m.room.message", content),
                Optional.of(new Transaction(service, NOBODY, "gap", message.value())));
    }

    private static String text(UserId sender, Session.State state) {
        String why =
                state == Session.State.WITHHELD
                        ? "the client of " + sender + " does not share its keys with the archive"
                        : "no key for it has come from the client of " + sender;
        return "This message may be missing in the record: "
                + why
                + ". Please write it again, with another client if this notice comes back.";
    }
}
