package org.chancery.custody.ceremony;

import java.util.List;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.olm.RehearsalSender;
import org.chancery.custody.reading.InboxMessage;
import org.chancery.custody.reading.Reading;
import org.chancery.custody.reading.ReadingRoom;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// A small play: somebody writes to a room that does not exist, encrypted for an archive device as
/// clients do, and the opened device reads it.
public final class Rehearsal {
    private static final RoomId ROOM = RoomId.parse("!rehearsal:invalid");
    private static final UserId WRITER = UserId.parse("@rehearsal:invalid");

    private Rehearsal() {}

    /// How many of so many messages the opened device could read.
    public static int play(UserId archive, ArchiveDevice device, OlmAccount account, int messages) {
        int read = 0;
        try (RehearsalSender sender = new RehearsalSender(WRITER, ROOM);
                RehearsalSender.Line line = sender.to(archive, device);
                ReadingRoom room = new ReadingRoom(archive, device, account)) {
            room.receive(List.of(new InboxMessage(WRITER, line.roomKey())));
            for (int i = 0; i < messages; i++) {
                if (room.read(ROOM, sender.message("message " + i)) instanceof Reading.Read) {
                    read++;
                }
            }
        }
        return read;
    }
}
