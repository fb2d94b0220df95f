package org.chancery.governance.records;

import java.time.Duration;
import java.time.InstantSource;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.UserMemberships;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.MediaFile;
import org.chancery.homeserver.media.MediaStore;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Pins files to record rooms as their uploaders say, in the place of [Attachments], which infers.
///
/// Who uploads a file says to which room it belongs, before the message that has its address. From
/// then on the file is inferred for no other room. What was inferred for another room in the moment
/// between upload and link is taken back; later nothing is, so that nobody talks a file out of a
/// record.
public final class AttachmentLinks {
    /// How long after an upload a link takes back what was inferred meanwhile.
    static final Duration AT_ONCE = Duration.ofMinutes(1);

    /// To how many rooms one file is linked at most.
    private static final int ROOMS_MAX = 100;

    private final RecordScope scope;
    private final UserMemberships memberships;
    private final MediaStore media;
    private final BlobPins pins;
    private final Journal journal;
    private final InstantSource clock;

    public AttachmentLinks(
            RecordScope scope,
            UserMemberships memberships,
            MediaStore media,
            BlobPins pins,
            Journal journal,
            InstantSource clock) {
        this.scope = scope;
        this.memberships = memberships;
        this.media = media;
        this.pins = pins;
        this.journal = journal;
        this.clock = clock;
    }

    /// Pins a file to a room. Asked again, it changes nothing.
    ///
    /// @param mediaId the part of the file's address after the server name
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` for who is not in the
    ///     room, `M_NOT_FOUND` if it is no record room or the user has uploaded no such file
    public void link(UserId by, RoomId id, String mediaId) {
        RoomRef room = joined(by, id);
        if (!scope.contains(id)) {
            throw new MatrixError.NotFound("This is no record room").asException();
        }
        MediaFile file =
                media.find(mediaId)
                        .filter(found -> found.uploader().equals(by))
                        .orElseThrow(AttachmentLinks::notTheirs);
        boolean atOnce = clock.millis() - file.createdTs() <= AT_ONCE.toMillis();
        journal.commit(
                Changes.of(
                        tx -> {
                            write(tx, room, file, atOnce);
                            return true;
                        }));
    }

    private void write(Tx tx, RoomRef room, MediaFile file, boolean atOnce) {
        if (pins.links(tx, file, room) >= ROOMS_MAX) {
            throw new MatrixError.InvalidParam("A file belongs to at most " + ROOMS_MAX + " rooms")
                    .asException();
        }
        pins.link(tx, room, file);
        if (atOnce) {
            pins.deleteInferred(tx, file);
        }
    }

    private RoomRef joined(UserId by, RoomId id) {
        return memberships.at(by, journal.durable()).values().stream()
                .filter(RoomMembership::isJoined)
                .map(RoomMembership::room)
                .filter(room -> room.id().equals(id))
                .findFirst()
                .orElseThrow(
                        () -> new MatrixError.Forbidden("You are not in this room").asException());
    }

    private static RuntimeException notTheirs() {
        return new MatrixError.NotFound("You have uploaded no such file").asException();
    }
}
