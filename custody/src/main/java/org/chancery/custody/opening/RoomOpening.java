package org.chancery.custody.opening;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.dossier.Blob;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.reading.Reading;
import org.chancery.custody.reading.RoomKey;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.ledger.export.PieceSeed;
import org.chancery.ledger.export.Pieces;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.MalformedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;

/// Opens one room of a case: reads its events in the order of the archive, decrypts those in scope
/// and no others, and fetches the files that they name.
final class RoomOpening {
    private final DossierReader.Room room;
    private final OpenedDevices devices;
    private final ExportFolder export;
    private final String search;
    private final SecureRandom random;
    private final Progress progress;
    private final KeyLog keyLog = new KeyLog();
    private final Map<String, Blob> blobs = new HashMap<>();
    private final Gaps gaps = new Gaps();
    private final List<EventLine> lines = new ArrayList<>();
    private final List<Pdu> events = new ArrayList<>();
    private final List<OpenedMessage> messages = new ArrayList<>();
    private final List<Opened.Unread> unread = new ArrayList<>();
    private final List<Opened.MissingFile> missing = new ArrayList<>();
    private final Map<String, String> fileOf = new HashMap<>();
    private final List<Hash> leaves = new ArrayList<>();
    private final List<byte[]> salts = new ArrayList<>();
    private long encrypted;

    /// What is shown of what was opened.
    ///
    /// @param lines every event of the room, or that it is gone
    /// @param events those that are there
    /// @param messages what the exported ones say
    /// @param files the path in the export of each attachment, by its address
    record Result(
            List<EventLine> lines,
            List<Pdu> events,
            List<OpenedMessage> messages,
            Opened opened,
            Completeness completeness,
            Map<String, String> files,
            CommittedPieces pieces) {}

    /// What the reading room commits to before anybody redacts.
    ///
    /// @param leaves one for each message that was opened
    /// @param salts a line for each message that is exported
    record CommittedPieces(List<Hash> leaves, List<byte[]> salts) {
        CommittedPieces {
            leaves = List.copyOf(leaves);
            salts = List.copyOf(salts);
        }
    }

    RoomOpening(
            DossierReader.Room room,
            OpenedDevices devices,
            ExportFolder export,
            String search,
            SecureRandom random,
            Progress progress) {
        this.room = room;
        this.devices = devices;
        this.export = export;
        this.search = search.toLowerCase(Locale.ROOT);
        this.random = random;
        this.progress = progress;
    }

    Result open() {
        room.keyChanges(change -> keyLog.add(change.change()));
        room.blobs(blob -> blobs.put(blob.mxc(), blob));
        room.events(
                line -> {
                    take(line);
                    progress.step("events read", room.counts().events());
                });
        CaseScope scope = room.scope();
        Opened opened =
                new Opened(
                        scope.from().toEpochMilli(),
                        scope.until().toEpochMilli(),
                        encrypted,
                        messages.size(),
                        search,
                        unread,
                        missing);
        return new Result(
                lines,
                events,
                messages,
                opened,
                gaps.stated(),
                fileOf,
                new CommittedPieces(leaves, salts));
    }

    private void take(EventLine line) {
        lines.add(line);
        switch (line) {
            case EventLine.Disposed gone -> gaps.addDisposed(gone.event());
            case EventLine.Kept(JsonObject json) -> take(parsed(json));
        }
    }

    private Pdu parsed(JsonObject json) {
        try {
            RoomVersion version =
                    events.isEmpty()
                            ? json.object("content")
                                    .flatMap(content -> content.string("room_version"))
                                    .flatMap(RoomVersion::of)
                                    .orElseThrow(
                                            () ->
                                                    new MalformedArchive(
                                                            "the first event of the room is not"
                                                                    + " its creation"))
                            : events.getFirst().version();
            Pdu event = Pdu.parse(json, version);
            if (!event.roomId().equals(room.scope().room())) {
                throw new MalformedArchive("an event in the dossier is of another room");
            }
            return event;
        } catch (MalformedPdu e) {
            throw new MalformedArchive("an event in the dossier is none: " + e.getMessage());
        }
    }

    private void take(Pdu event) {
        events.add(event);
        gaps.add(event);
        boolean inScope = room.scope().holds(Instant.ofEpochMilli(event.originServerTs()));
        if (!inScope || !event.type().equals(EventType.ENCRYPTED)) {
            return;
        }
        encrypted++;
        if (leaves.size() == PiecesEntry.MESSAGES_MAX) {
            throw new MalformedArchive("too many messages for one case; make its scope smaller");
        }
        switch (devices.read(event.content())) {
            case Reading.Read read when read.with().sender().equals(event.sender()) ->
                    keep(event, read);
            case Reading.Read _ ->
                    unread.add(
                            new Opened.Unread(
                                    event.eventId(),
                                    Opened.Cause.NOT_OF_THIS_ROOM,
                                    "its key came from another user than its sender"));
            case Reading.Unread closed ->
                    unread.add(
                            devices.gap(event.eventId(), event.sender(), event.content(), closed));
        }
    }

    private void keep(Pdu event, Reading.Read read) {
        byte[] seed = new byte[Pieces.SEED_BYTES];
        random.nextBytes(seed);
        List<Hash> hashes = Pieces.hashes(read.plain(), seed);
        leaves.add(Pieces.leaf(event.eventId(), hashes));
        if (!search.isEmpty() && !isHit(read.plain().object("content").orElse(JsonObject.EMPTY))) {
            return; // Read here, and left here: only hits go out.
        }
        RoomKey key = read.with();
        messages.add(
                new OpenedMessage(
                        event.eventId(),
                        read.plain(),
                        new OpenedMessage.Session(key.key().id(), read.index()),
                        new OpenedMessage.Sender(
                                key.senderKey().value(),
                                key.signingKey().value(),
                                true,
                                keyLog.of(key, event.originServerTs()))));
        salts.add(
                new PieceSeed(event.eventId(), leaves.size() - 1L, UnpaddedBase64.encode(seed))
                        .bytes());
        Attachment.of(read.plain()).forEach(file -> fetch(event, file));
    }

    private boolean isHit(JsonValue value) {
        return switch (value) {
            case JsonString(String text) -> text.toLowerCase(Locale.ROOT).contains(search);
            case JsonObject object ->
                    object.entries().stream().anyMatch(member -> isHit(member.value()));
            case JsonArray array -> array.values().stream().anyMatch(this::isHit);
            default -> false;
        };
    }

    private void fetch(Pdu event, Attachment file) {
        if (fileOf.containsKey(file.mxc())) {
            return;
        }
        Blob blob = blobs.get(file.mxc());
        Optional<byte[]> stored = Optional.ofNullable(blob).flatMap(room::file);
        Optional<byte[]> plain = stored.flatMap(file::decrypt);
        if (plain.isPresent()) {
            String path =
                    String.format(Locale.ROOT, "attachments/%06d-%s", fileOf.size(), file.name());
            export.write(path, plain.get());
            fileOf.put(file.mxc(), path);
            return;
        }
        Opened.FileCause cause =
                stored.isPresent()
                        ? Opened.FileCause.CHANGED
                        : blob != null && blob.pin() == Blob.Pin.GONE
                                ? Opened.FileCause.DISPOSED
                                : Opened.FileCause.MISSING;
        missing.add(new Opened.MissingFile(event.eventId(), file.mxc(), cause));
    }
}
