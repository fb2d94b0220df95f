package org.chancery.governance.records;

import java.time.Instant;
import org.chancery.archive.dossier.InboxLine;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// A to-device message for a device of the archive, as it came (client-server API, "Send-to-Device
/// messaging").
///
/// @param device the device of the archive
/// @param sender who sent it, as the server knows it
/// @param type `m.room.encrypted`, an Olm message; or `m.room_key.withheld`, which is clear
/// @param receivedAt in milliseconds since 1970
public record Letter(
        DeviceId device, UserId sender, String type, JsonObject content, long receivedAt) {
    static final String OLM = "m.room.encrypted";
    static final String WITHHELD = "m.room_key.withheld";

    /// Whether it says that the sender keeps a key back.
    public boolean isWithheld() {
        return type.equals(WITHHELD);
    }

    /// Reads what [#bytes] wrote.
    public static Letter parse(byte[] bytes) {
        JsonObject json = Json.parseObject(bytes);
        return new Letter(
                DeviceId.parse(json.string("device_id").orElseThrow()),
                UserId.parse(json.string("sender").orElseThrow()),
                json.string("type").orElseThrow(),
                json.object("content").orElseThrow(),
                json.integer("received_at").orElseThrow());
    }

    /// The message as it is kept, committed to and handed over.
    public byte[] bytes() {
        return line().bytes();
    }

    /// As a line of a dossier.
    public InboxLine line() {
        return new InboxLine(device, sender, type, content, Instant.ofEpochMilli(receivedAt));
    }
}
