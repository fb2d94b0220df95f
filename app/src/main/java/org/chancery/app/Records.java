package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.chancery.adapters.crypto.FastEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.records.JdbcBlobPins;
import org.chancery.adapters.jdbc.records.JdbcLetterStore;
import org.chancery.adapters.jdbc.records.JdbcMemberKeyStore;
import org.chancery.adapters.jdbc.records.JdbcPieceStore;
import org.chancery.adapters.jdbc.records.JdbcRecordSessionStore;
import org.chancery.adapters.jdbc.records.JdbcRoomLeafStore;
import org.chancery.api.governance.AttachmentEndpoints;
import org.chancery.api.governance.RecordEndpoints;
import org.chancery.api.governance.RoomNames;
import org.chancery.api.http.Route;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.records.Alerts;
import org.chancery.governance.records.AttachmentLinks;
import org.chancery.governance.records.Attachments;
import org.chancery.governance.records.BlobPins;
import org.chancery.governance.records.Coverage;
import org.chancery.governance.records.Dossiers;
import org.chancery.governance.records.Dossiers.Archives;
import org.chancery.governance.records.Inbox;
import org.chancery.governance.records.Ingest;
import org.chancery.governance.records.KeyChanges;
import org.chancery.governance.records.LeafDrafts;
import org.chancery.governance.records.LoggedLeaves;
import org.chancery.governance.records.MemberKeys;
import org.chancery.governance.records.Originals;
import org.chancery.governance.records.PieceStore;
import org.chancery.governance.records.Present;
import org.chancery.governance.records.RecordClock;
import org.chancery.governance.records.RecordScope;
import org.chancery.governance.records.RoomLeafStore;
import org.chancery.governance.records.RoomLeaves;
import org.chancery.governance.records.SessionStore;
import org.chancery.governance.records.WatchedLetters;
import org.chancery.governance.records.Wrapping;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.homeserver.e2ee.KeptInboxes;
import org.chancery.homeserver.e2ee.SessionDevices;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.events.Keeper;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.verify.TlogProof;

/// The archive of record rooms.
///
/// @param keeper of what is said in record rooms
/// @param inboxes the mailboxes of archive users
/// @param bell wakes the archive's own thread
record Records(
        RecordRooms rooms,
        RecordScope scope,
        Tables tables,
        Wrapping wrapping,
        LeafDrafts drafts,
        Keeper keeper,
        KeptInboxes inboxes,
        Semaphore bell) {
    private static final Set<String> FOLLOWERS = Set.of(Ingest.NAME, KeyChanges.NAME);

    /// The ports to what is durable.
    record Tables(
            PieceStore pieces,
            WatchedLetters letters,
            RoomLeafStore leaves,
            SessionStore sessions,
            BlobPins pins) {
        static Tables of(Database database) {
            return new Tables(
                    new JdbcPieceStore(database),
                    new WatchedLetters(new JdbcLetterStore(database)),
                    new JdbcRoomLeafStore(database),
                    new JdbcRecordSessionStore(database),
                    new JdbcBlobPins(database));
        }

        /// What is read to hand records over, and to check them.
        Archives archives() {
            return new Archives(pieces, leaves, sessions, pins);
        }
    }

    static Records of(Config config, Stores stores, SecureRandom random, InstantSource clock) {
        RecordRooms rooms = new RecordRooms(stores.recordRooms(), config.serverName());
        RecordScope scope = new RecordRoomScope(rooms);
        Tables tables = Tables.of(stores.database());
        Wrapping wrapping = new Wrapping(random);
        LeafDrafts drafts = new LeafDrafts(tables.pieces(), tables.leaves());
        return new Records(
                rooms,
                scope,
                tables,
                wrapping,
                drafts,
                new Originals(scope, tables.pieces(), stores.events()),
                new Inbox(
                        scope,
                        stores.events(),
                        tables.pieces(),
                        tables.letters(),
                        wrapping,
                        drafts,
                        clock),
                new Semaphore(0));
    }

    /// Follows the log from where it was.
    ///
    /// @param log in which the changes of members' keys are noted
    void follow(
            Followers followers,
            Stores stores,
            EventLog events,
            ServerLog log,
            SecureRandom random,
            InstantSource clock) {
        MemberKeys keys =
                new MemberKeys(
                        stores.keys().keys(),
                        stores.keys().crossSigning(),
                        new SessionDevices(stores.sessions()),
                        new MemberKeys.Tables(tables.pieces(), new JdbcMemberKeyStore(), wrapping),
                        log::note,
                        random,
                        clock);
        KeyChanges changes =
                new KeyChanges(scope, stores.keys().deviceLists(), events.memberships(), keys);
        Ingest ingest =
                new Ingest(
                        scope,
                        events.signed(),
                        tables.pieces(),
                        wrapping,
                        drafts,
                        List.of(
                                new Coverage(tables.sessions(), tables.letters(), bell::release),
                                new Attachments(stores.media(), tables.pins()),
                                changes));
        followers.follow(ingest.feed(), ingest.scope(), ingest, Followers.Pace.GATHERING);
        followers.follow(changes.feed(), changes.scope(), changes);
    }

    /// Makes leaves and tells of gaps from [RecordClock#start] on.
    RecordClock clock(ServerLog log, Rooms rooms, InstantSource clock) {
        Journal journal = rooms.stores().journal();
        GapNotice notice = new GapNotice(rooms.writer(), this.rooms.service());
        return new RecordClock(
                leaves(log, journal, clock),
                new Alerts(tables.sessions(), rooms.stores().events(), journal, notice, clock),
                journal,
                clock,
                bell,
                work -> Thread.ofPlatform().daemon().name("records").unstarted(work));
    }

    /// Hands records over for cases.
    ///
    /// @param signer whose public key goes with the events
    Dossiers dossiers(
            Config config,
            Stores stores,
            Journal journal,
            Followers followers,
            Governance governance,
            FastEd25519 signer,
            InstantSource clock) {
        ServerLog log = governance.log();
        return new Dossiers(
                leaves(log, journal, clock),
                tables.archives(),
                governance.stocks(),
                leaf -> log.prove(Hash.leaf(leaf)).map(Records::logged),
                new Dossiers.Files(
                        config.serverName(),
                        stores.blobs(),
                        () -> keys(config.serverName(), signer, clock.millis()).bytes()),
                present(followers),
                clock);
    }

    private RoomLeaves leaves(ServerLog log, Journal journal, InstantSource clock) {
        return new RoomLeaves(tables.pieces(), tables.leaves(), drafts, log::note, journal, clock);
    }

    private static LoggedLeaves.Logged logged(TlogProof proof) {
        return new LoggedLeaves.Logged(proof.index(), new String(proof.bytes(), UTF_8));
    }

    /// This server has had one key, and has it now.
    private static ServerKeys keys(ServerName server, FastEd25519 signer, long now) {
        String key = UnpaddedBase64.encode(signer.publicKey());
        return new ServerKeys(Map.of(server, Map.of(signer.keyId(), new ServerKeys.Key(key, now))));
    }

    private static Present present(Followers followers) {
        return atMost -> {
            try {
                return followers.awaitPresent(FOLLOWERS, atMost);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // The server stops.
                return false;
            }
        };
    }

    /// By which members say which files belong to a record room.
    List<Route> links(Stores stores, Rooms rooms, InstantSource clock) {
        return new AttachmentEndpoints(
                        new AttachmentLinks(
                                scope,
                                rooms.stores().log().memberships(),
                                stores.media(),
                                tables.pins(),
                                rooms.stores().journal(),
                                clock))
                .routes();
    }

    /// What the records desk is told.
    List<Route> routes(Followers followers, RoomNames names) {
        return new RecordEndpoints(
                        tables.pieces(),
                        tables.leaves(),
                        tables.sessions(),
                        present(followers),
                        names)
                .routes();
    }
}
