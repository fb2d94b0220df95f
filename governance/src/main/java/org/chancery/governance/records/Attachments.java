package org.chancery.governance.records;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.homeserver.events.Follower.Derived;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.media.MediaFile;
import org.chancery.homeserver.media.MediaStore;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.id.UserId;

/// Pins files to record rooms by inference: which file belongs to which message stands inside the
/// encryption, so what a member uploaded shortly before an encrypted event of theirs is taken to be
/// its attachment, and said to be inferred, unless they have said to which room it belongs
/// ([AttachmentLinks]). An opening tells which truly are.
public final class Attachments implements Ingest.Watcher {
    private static final Duration BEFORE = Duration.ofMinutes(10);

    /// The clock of the event is the server's too; a file may bear the same moment.
    private static final long AFTER_MILLIS = 1_000;

    private static final int FILES_MAX = 5_000;

    private final MediaStore media;
    private final BlobPins pins;

    private record Pinned(RoomRef room, MediaFile file, long event) {}

    public Attachments(MediaStore media, BlobPins pins) {
        this.media = media;
        this.pins = pins;
    }

    @Override
    public Optional<Derived> watch(List<Ingest.Taken> taken) {
        List<Ingest.Taken> encrypted =
                taken.stream().filter(it -> it.event().type().equals(EventType.ENCRYPTED)).toList();
        if (encrypted.isEmpty()) {
            return Optional.empty();
        }
        long first = encrypted.stream().mapToLong(it -> it.place().at()).min().orElseThrow();
        long last = encrypted.stream().mapToLong(it -> it.place().at()).max().orElseThrow();
        List<MediaFile> files =
                media.createdWithin(first - BEFORE.toMillis(), last + AFTER_MILLIS, FILES_MAX);
        return files.isEmpty() ? Optional.empty() : pinned(encrypted, files);
    }

    private Optional<Derived> pinned(List<Ingest.Taken> encrypted, List<MediaFile> files) {
        Map<UserId, List<MediaFile>> byUploader = new HashMap<>();
        for (MediaFile file : files) {
            byUploader.computeIfAbsent(file.uploader(), _ -> new ArrayList<>()).add(file);
        }
        List<Pinned> pinned = new ArrayList<>();
        for (Ingest.Taken each : encrypted) {
            for (MediaFile file : byUploader.getOrDefault(each.event().sender(), List.of())) {
                long age = each.place().at() - file.createdTs();
                if (age >= -AFTER_MILLIS && age <= BEFORE.toMillis()) {
                    pinned.add(new Pinned(each.place().room(), file, each.place().position()));
                }
            }
        }
        return pinned.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        tx ->
                                pinned.forEach(
                                        it -> pins.infer(tx, it.room(), it.file(), it.event())));
    }
}
