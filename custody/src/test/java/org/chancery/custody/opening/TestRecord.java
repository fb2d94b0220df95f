package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chancery.archive.dossier.Blob;
import org.chancery.archive.dossier.Coverage;
import org.chancery.archive.dossier.DossierFolder;
import org.chancery.archive.dossier.DossierWriter;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.dossier.InboxLine;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.PublicKey;
import org.chancery.custody.olm.RehearsalSender;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SigningKey;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.DraftEvent;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;

/// A record room as its server archives it, in which people write as clients do, and the case under
/// which it is opened.
public final class TestRecord implements AutoCloseable {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    static final ServerName SERVER = ServerName.parse("example.org");
    static final UserId ANA = UserId.parse("@ana:example.org");
    static final UserId BEN = UserId.parse("@ben:example.org");
    private static final SecureRandom RANDOM = new SecureRandom();

    public final TestLog log = new TestLog();
    public final HolderKeys rita = HolderKeys.drawn("Rita", "City", RANDOM);
    public final HolderKeys anton = HolderKeys.drawn("Anton", "City", RANDOM);
    final List<InboxLine> inbox = new ArrayList<>();
    final List<Coverage> sessions = new ArrayList<>();
    final List<Pdu> events = new ArrayList<>();
    final Map<Blob, byte[]> blobs = new LinkedHashMap<>();
    final List<Blob> gone = new ArrayList<>();
    private final ArchiveIdentity identity;
    private final SigningKey server = SigningKey.drawn(RANDOM);
    private final List<KeyChange> changes = new ArrayList<>();
    private final List<RoomLeaf> leaves = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private final Map<UserId, RehearsalSender> senders = new LinkedHashMap<>();
    private final Map<UserId, RehearsalSender.Line> lines = new LinkedHashMap<>();
    private final long bound;
    private List<EventId> heads = List.of();
    private int committed;
    private Instant now = NOON;

    public TestRecord(ArchiveIdentity identity) {
        this.identity = identity;
        JsonObject content = JsonObject.EMPTY.with("room_version", "12");
        add(draft(ANA, "m.room.create", content).state(""));
        join(ANA, "Ana de Wit");
        join(BEN, "Ben");
        join(identity.user(), "Archive");
        bound = log.append(binding().bytes());
    }

    public RoomId room() {
        return events.getFirst().roomId();
    }

    private BindingEntry binding() {
        return new BindingEntry(identity.stock(), identity.number(), identity.user(), room(), NOON);
    }

    public ArchiveDevice device() {
        return identity.devices().getFirst();
    }

    private DraftEvent draft(UserId sender, String type, JsonObject content) {
        now = now.plusSeconds(1);
        DraftEvent draft = DraftEvent.of(sender, type, content, now.toEpochMilli());
        DraftEvent in = events.isEmpty() ? draft : draft.in(room());
        return in.after(heads, events.size() + 1L);
    }

    Pdu add(DraftEvent draft) {
        Pdu event = draft.sign(RoomVersion.V12, SERVER, server).pdu();
        events.add(event);
        heads = List.of(event.eventId());
        return event;
    }

    void join(UserId user, String name) {
        JsonObject content = JsonObject.EMPTY.with("membership", "join").with("displayname", name);
        add(draft(user, "m.room.member", content).state(user.toString()));
    }

    RehearsalSender sender(UserId user) {
        return senders.computeIfAbsent(
                user,
                _ -> {
                    RehearsalSender sender = new RehearsalSender(user, room());
                    changes.add(deviceOf(sender));
                    return sender;
                });
    }

    private static KeyChange deviceOf(RehearsalSender sender) {
        JsonObject keys =
                JsonObject.EMPTY
                        .with("curve25519:PHONE", sender.curve25519().value())
                        .with("ed25519:PHONE", sender.ed25519().value());
        return new KeyChange(
                sender.user(),
                KeyChange.Kind.DEVICE,
                JsonObject.EMPTY.with("device_id", "PHONE").with("keys", keys),
                Digest.of("salt", sender.user().toString().getBytes(UTF_8)),
                NOON);
    }

    /// The sender shares its room key with the archive.
    public void share(UserId user) {
        RehearsalSender.Line line =
                lines.computeIfAbsent(user, _ -> sender(user).to(identity.user(), device()));
        inbox.add(new InboxLine(device().id(), user, "m.room.encrypted", line.roomKey(), now));
    }

    /// A message with that text.
    public Pdu write(UserId user, String text) {
        return encrypted(user, sender(user).message(text));
    }

    Pdu encrypted(UserId user, JsonObject content) {
        return add(draft(user, "m.room.encrypted", content));
    }

    Pdu clear(UserId user, String type, JsonObject content) {
        return add(draft(user, type, content));
    }

    /// The last event is kept back by a tampered server: what comes after names it.
    Pdu loseLast() {
        return events.removeLast();
    }

    /// The hour ends: what came is committed to the log.
    public void endHour() {
        List<Pdu> taken = events.subList(committed, events.size());
        TreeMap<String, Long> types = new TreeMap<>();
        taken.forEach(event -> types.merge(event.type(), 1L, Long::sum));
        RoomLeaf leaf =
                new RoomLeaf(
                        new RoomLeaf.Place(room(), RoomVersion.V12, leaves.size()),
                        leaves.isEmpty() ? null : leaves.getLast().hash(),
                        leaves.size() * 3_600_000L,
                        (leaves.size() + 1) * 3_600_000L,
                        RoomLeaf.Taken.of(taken.stream().map(e -> e.json().bytes()).toList()),
                        RoomLeaf.Taken.of(inbox.stream().map(InboxLine::bytes).toList()),
                        types,
                        ends());
        committed = events.size();
        leaves.add(leaf);
        places.add(log.append(leaf.bytes()));
    }

    /// The events that none of those that are there names as before it.
    private List<EventId> ends() {
        Set<EventId> ends = new TreeSet<>(Comparator.comparing(EventId::value));
        events.forEach(event -> ends.add(event.eventId()));
        events.forEach(event -> event.prevEvents().forEach(ends::remove));
        return List.copyOf(ends);
    }

    public CaseEntry draft(PublicKey readingRoom, DeviceId... devices) {
        CaseOfficer asks = officer("@rita:example.org", rita.card());
        CaseOfficer approves = officer("@anton:example.org", anton.card());
        return new CaseEntry(
                new CaseGround(
                        CaseGround.Kind.FREEDOM_OF_INFORMATION,
                        "W-2026-7",
                        "Woo 4.1",
                        "A request for what was said of the bridge."),
                List.of(
                        new CaseScope(
                                room(),
                                identity.stock(),
                                identity.number(),
                                List.of(devices),
                                NOON,
                                NOON.plusSeconds(86_400))),
                readingRoom,
                new CaseEntry.Notice(NOON, ""),
                NOON,
                CaseEntry.Signers.unsigned(asks, approves));
    }

    public CaseEntry approved(PublicKey readingRoom, DeviceId... devices) {
        return draft(readingRoom, devices).requestedBy(rita.signing()).approvedBy(anton.signing());
    }

    public List<Custodian> officers() {
        return List.of(rita.card(), anton.card());
    }

    private static CaseOfficer officer(String user, Custodian card) {
        return new CaseOfficer(UserId.parse(user), card.name(), card.signing());
    }

    /// Logs the case, writes its dossier, and answers the case's place in the log.
    public long hand(CaseEntry entry, DossierFolder folder) {
        List<Long> changed = new ArrayList<>();
        changes.forEach(change -> changed.add(log.append(change.entry().bytes())));
        long place = log.append(entry.bytes());
        DossierWriter writer = new DossierWriter(folder, entry, log.prove(place));
        DossierWriter.Room room = writer.room(binding(), log.prove(bound), identity);
        events.forEach(event -> room.event(new EventLine.Kept(event.json())));
        inbox.forEach(room::inbox);
        sessions.forEach(room::session);
        for (int i = 0; i < changes.size(); i++) {
            room.keyChange(changes.get(i), log.prove(changed.get(i)));
        }
        blobs.forEach(room::blob);
        gone.forEach(room::blobGone);
        for (int i = 0; i < leaves.size(); i++) {
            room.leaf(leaves.get(i).bytes(), log.prove(places.get(i)));
        }
        String key = UnpaddedBase64.encode(server.publicKey());
        room.servers(
                new ServerKeys(
                                Map.of(
                                        SERVER,
                                        Map.of(
                                                server.keyId(),
                                                new ServerKeys.Key(key, Long.MAX_VALUE >> 12))))
                        .bytes());
        room.end();
        writer.finish(NOON);
        return place;
    }

    @Override
    public void close() {
        lines.values().forEach(RehearsalSender.Line::close);
        senders.values().forEach(RehearsalSender::close);
        rita.close();
        anton.close();
    }
}
