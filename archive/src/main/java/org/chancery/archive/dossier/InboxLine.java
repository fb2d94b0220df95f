package org.chancery.archive.dossier;

import java.time.Instant;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// One to-device event that came for an archive device, mostly an Olm message with a room key
/// (client-server API, "m.room.encrypted"). Its bytes are what a room leaf commits to.
///
/// @param sender whom the server names as the sender
/// @param type of the to-device event: `m.room.encrypted`, or `m.room_key.withheld`, which is clear
public record InboxLine(
        DeviceId device, UserId sender, String type, JsonObject content, Instant receivedAt) {
    static InboxLine parse(byte[] line) {
        Fields fields = Fields.of(Lines.json(line, "a message to the archive"), "a message");
        InboxLine message =
                new InboxLine(
                        fields.parsed("device_id", DeviceId::parse),
                        fields.parsed("sender", UserId::parse),
                        fields.text("type"),
                        fields.object("content"),
                        fields.time("received_at"));
        fields.end();
        return message;
    }

    /// The line in canonical JSON, without its end.
    public byte[] bytes() {
        return JsonObject.builder()
                .put("device_id", device.value())
                .put("sender", sender.toString())
                .put("type", type)
                .put("content", content)
                .put("received_at", receivedAt.toEpochMilli())
                .build()
                .bytes();
    }
}
