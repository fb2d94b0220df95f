package org.chancery.app;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.api.client.AccountDataEndpoints;
import org.chancery.api.client.CapabilitiesEndpoints;
import org.chancery.api.client.EventJson;
import org.chancery.api.client.FilterEndpoints;
import org.chancery.api.client.MediaEndpoints;
import org.chancery.api.client.NotificationEndpoints;
import org.chancery.api.client.PresenceEndpoints;
import org.chancery.api.client.PushRuleEndpoints;
import org.chancery.api.client.PusherEndpoints;
import org.chancery.api.client.SyncEndpoints;
import org.chancery.api.client.VersionsEndpoints;
import org.chancery.api.client.accounts.AccountAdminEndpoints;
import org.chancery.api.client.accounts.AccountEndpoints;
import org.chancery.api.client.accounts.AdminEndpoints;
import org.chancery.api.client.accounts.DeviceEndpoints;
import org.chancery.api.client.accounts.LoginEndpoints;
import org.chancery.api.client.accounts.PeopleAdminEndpoints;
import org.chancery.api.client.accounts.ProfileEndpoints;
import org.chancery.api.client.accounts.RegistrationEndpoints;
import org.chancery.api.client.accounts.SharedSecretEndpoints;
import org.chancery.api.client.keys.CrossSigningEndpoints;
import org.chancery.api.client.keys.KeyBackupEndpoints;
import org.chancery.api.client.keys.KeyChangesEndpoints;
import org.chancery.api.client.keys.KeyEndpoints;
import org.chancery.api.client.keys.ToDeviceEndpoints;
import org.chancery.api.client.rooms.CreateRoomEndpoints;
import org.chancery.api.client.rooms.DirectoryEndpoints;
import org.chancery.api.client.rooms.HistoryEndpoints;
import org.chancery.api.client.rooms.MembershipEndpoints;
import org.chancery.api.client.rooms.PublicRoomsEndpoints;
import org.chancery.api.client.rooms.ReceiptEndpoints;
import org.chancery.api.client.rooms.RelationEndpoints;
import org.chancery.api.client.rooms.ReportEndpoints;
import org.chancery.api.client.rooms.SearchEndpoints;
import org.chancery.api.client.rooms.SendEndpoints;
import org.chancery.api.client.rooms.SpaceEndpoints;
import org.chancery.api.client.rooms.TypingEndpoints;
import org.chancery.api.client.rooms.UpgradeEndpoints;
import org.chancery.api.client.rooms.UserDirectoryEndpoints;
import org.chancery.api.http.HttpConfig;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.RequestLimits;
import org.chancery.api.http.Route;
import org.chancery.api.ops.HealthEndpoints;
import org.chancery.api.ops.ServedEndpoints;
import org.chancery.api.ops.StatusEndpoints;
import org.chancery.api.ops.WellKnownEndpoints;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.directory.CanonicalAlias;
import org.chancery.homeserver.directory.EventSearch;
import org.chancery.homeserver.directory.RoomSummaries;
import org.chancery.homeserver.directory.Spaces;
import org.chancery.homeserver.directory.UserDirectory;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.RateLimiter;
import org.chancery.homeserver.moderation.Reports;
import org.chancery.homeserver.relations.Relations;
import org.chancery.homeserver.rooms.ClosestEvent;
import org.chancery.protocol.json.JsonObject;

/// The doors: every endpoint that is served, where, and how often.
final class Doors {
    private final Config config;
    private final Stores stores;
    private final Journal journal;
    private final Followers followers;
    private final Pushing pushing;
    private final InstantSource clock;

    Doors(
            Config config,
            Stores stores,
            Journal journal,
            Followers followers,
            Pushing pushing,
            InstantSource clock) {
        this.config = config;
        this.stores = stores;
        this.journal = journal;
        this.followers = followers;
        this.pushing = pushing;
        this.clock = clock;
    }

    List<Route> routes(
            Rooms rooms,
            People people,
            Encryption encryption,
            Pictures pictures,
            Syncing syncing,
            Governance governance,
            SealedRooms sealedRooms,
            Casework casework) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(operations(governance, sealedRooms));
        routes.addAll(accounts(people));
        routes.addAll(new CreateRoomEndpoints(sealedRooms.maker()).routes());
        routes.addAll(rooms(rooms, encryption.kept().data()));
        routes.addAll(encryption(people, encryption));
        routes.addAll(
                new MediaEndpoints(
                                pictures.media(),
                                pictures.thumbnails(),
                                config.serverName(),
                                config.mediaBytesMax())
                        .routes());
        routes.addAll(syncing(rooms, encryption, syncing));
        routes.addAll(governance.routes(followers, rooms::called));
        routes.addAll(governance.records().links(stores, rooms, clock));
        routes.addAll(sealedRooms.routes());
        routes.addAll(casework.routes(rooms::called));
        routes.addAll(new ServedEndpoints(routes).routes());
        routes.addAll(WebClient.routes(config, pushing.vapid()));
        return routes;
    }

    private List<Route> syncing(Rooms rooms, Encryption encryption, Syncing syncing) {
        EventJson json = new EventJson(rooms.stores().events(), rooms.stores().states(), clock);
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                new SyncEndpoints(syncing.service(), encryption.kept().filters(), clock).routes());
        routes.addAll(new KeyChangesEndpoints(syncing.service()).routes());
        routes.addAll(new ReceiptEndpoints(syncing.receipts(), syncing.readMarkers()).routes());
        routes.addAll(new TypingEndpoints(syncing.typing()).routes());
        routes.addAll(new PresenceEndpoints(syncing.presence(), clock).routes());
        routes.addAll(new PushRuleEndpoints(syncing.pushRules()).routes());
        routes.addAll(new PusherEndpoints(pushing.pushers()).routes());
        routes.addAll(new NotificationEndpoints(syncing.notifications(), json).routes());
        return routes;
    }

    private static List<Route> encryption(People people, Encryption encryption) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                new KeyEndpoints(encryption.uploads(), encryption.queries(), encryption.claims())
                        .routes());
        routes.addAll(
                new CrossSigningEndpoints(
                                encryption.crossSigning(),
                                encryption.signatures(),
                                people.interactive())
                        .routes());
        routes.addAll(new KeyBackupEndpoints(encryption.backups()).routes());
        routes.addAll(new ToDeviceEndpoints(encryption.toDevice()).routes());
        Encryption.Kept kept = encryption.kept();
        routes.addAll(new AccountDataEndpoints(kept.clientData(), kept.tags()).routes());
        routes.addAll(new FilterEndpoints(kept.filters()).routes());
        return routes;
    }

    private List<Route> operations(Governance governance, SealedRooms sealedRooms) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                new HealthEndpoints(
                                journal::running,
                                followers::progress,
                                () ->
                                        governance
                                                .health()
                                                .with("record_rooms", sealedRooms.health()))
                        .routes());
        routes.addAll(status().routes());
        routes.addAll(
                new WellKnownEndpoints(config.listening().publicUrl(), JsonObject.EMPTY).routes());
        routes.addAll(new VersionsEndpoints(Set.of()).routes());
        routes.addAll(
                new CapabilitiesEndpoints(
                                config.defaultRoomVersion(),
                                new CapabilitiesEndpoints.Policy(
                                        true, false, true, pushing.vapid()))
                        .routes());
        return routes;
    }

    private StatusEndpoints status() {
        return new StatusEndpoints(
                new StatusEndpoints.Facts(
                        clock.instant(),
                        "Java " + Runtime.version().feature(),
                        stores.database().engine(),
                        stores.database()::bytes,
                        stores.accounts()::count));
    }

    private List<Route> accounts(People people) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new LoginEndpoints(people.login(), people.sessions()).routes());
        routes.addAll(
                new RegistrationEndpoints(
                                people.registration(),
                                people.interactive(),
                                people.usernames(),
                                people.passwords(),
                                people.invitations(),
                                config.registration().open(),
                                false)
                        .routes());
        routes.addAll(
                new AccountEndpoints(
                                people.passwordChanges(),
                                people.deactivation(),
                                people.interactive(),
                                people.passwords())
                        .routes());
        routes.addAll(new DeviceEndpoints(people.sessions(), people.interactive()).routes());
        routes.addAll(new ProfileEndpoints(people.profiles()).routes());
        routes.addAll(
                new AdminEndpoints(people.restrictions(), stores.accounts(), people.sessions())
                        .routes());
        routes.addAll(
                new AccountAdminEndpoints(
                                people.invitations(),
                                people.passwordChanges(),
                                config.publicUrl(config.listening().port()))
                        .routes());
        routes.addAll(
                new PeopleAdminEndpoints(
                                stores.accounts(),
                                stores.names(),
                                people.profiles(),
                                people.restrictions(),
                                people.sessions(),
                                people.deactivation())
                        .routes());
        people.sharedSecret()
                .ifPresent(
                        secret ->
                                routes.addAll(
                                        new SharedSecretEndpoints(
                                                        secret,
                                                        people.registration(),
                                                        people.usernames(),
                                                        people.profiles())
                                                .routes()));
        return routes;
    }

    private List<Route> rooms(Rooms rooms, AccountData data) {
        EventJson json = new EventJson(rooms.stores().events(), rooms.stores().states(), clock);
        Relations relations = new Relations(rooms.reader(), rooms.stores().events(), data);
        List<Route> routes = new ArrayList<>();
        routes.addAll(
                new MembershipEndpoints(rooms.memberships(), rooms.reader(), rooms.directory())
                        .routes());
        routes.addAll(
                new SendEndpoints(
                                rooms.writer(),
                                new CanonicalAlias(rooms.reader(), rooms.directory()))
                        .routes());
        routes.addAll(
                new HistoryEndpoints(
                                rooms.reader(),
                                new ClosestEvent(rooms.reader(), rooms.stores().events()),
                                relations,
                                json)
                        .routes());
        routes.addAll(new RelationEndpoints(relations, json).routes());
        routes.addAll(
                new DirectoryEndpoints(rooms.directory(), rooms.reader(), rooms.identity())
                        .routes());
        routes.addAll(new PublicRoomsEndpoints(rooms.publicRooms()).routes());
        routes.addAll(new UpgradeEndpoints(rooms.upgrade()).routes());
        routes.addAll(spaces(rooms).routes());
        routes.addAll(new SearchEndpoints(search(rooms), rooms.reader(), relations, json).routes());
        routes.addAll(new ReportEndpoints(reports(rooms)).routes());
        routes.addAll(new UserDirectoryEndpoints(people(rooms)).routes());
        return routes;
    }

    private SpaceEndpoints spaces(Rooms rooms) {
        RoomSummaries summaries =
                new RoomSummaries(
                        rooms.stores().events(),
                        rooms.stores().states(),
                        stores.reading().history(),
                        journal);
        return new SpaceEndpoints(
                new Spaces(summaries, rooms.stores().events(), stores.reading().history()),
                summaries,
                rooms.directory(),
                rooms.reader());
    }

    private EventSearch search(Rooms rooms) {
        return new EventSearch(
                rooms.reader(), rooms.stores().events(), rooms.stores().states(), journal);
    }

    private Reports reports(Rooms rooms) {
        return new Reports(
                stores.reports(),
                rooms.reader(),
                rooms.stores().events(),
                stores.accounts(),
                journal,
                clock);
    }

    private UserDirectory people(Rooms rooms) {
        return new UserDirectory(
                stores.names(),
                stores.profiles(),
                rooms.stores().events(),
                rooms.stores().states(),
                journal,
                config.userDirectory());
    }

    /// Where to listen.
    HttpConfig listening() {
        Config.Listening at = config.listening();
        List<HttpConfig.Listener> listeners = new ArrayList<>();
        listeners.add(HttpConfig.Listener.plain(at.bind(), at.port()));
        at.secure()
                .ifPresent(
                        secure ->
                                listeners.add(
                                        new HttpConfig.Listener(
                                                at.bind(),
                                                secure.port(),
                                                Optional.of(secure.files()))));
        return new HttpConfig(
                listeners, at.proxies(), config.unsafeTestProfile(), HttpConfig.Bounds.DEFAULT);
    }

    /// How often one address or user may come.
    RequestLimits limits() {
        return config.unsafeTestProfile()
                ? RequestLimits.NONE
                : RequestLimits.of(
                        Map.of(
                                LimitClass.LOGIN,
                                new RateLimiter.Rate(20, Duration.ofSeconds(3)),
                                LimitClass.REGISTRATION,
                                new RateLimiter.Rate(20, Duration.ofSeconds(6)),
                                LimitClass.EXPENSIVE,
                                new RateLimiter.Rate(50, Duration.ofMillis(200)),
                                LimitClass.WRITE,
                                new RateLimiter.Rate(200, Duration.ofMillis(20))),
                        clock);
    }
}
