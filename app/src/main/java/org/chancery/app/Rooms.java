package org.chancery.app;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.api.governance.RoomNames;
import org.chancery.governance.rooms.RecordRoomPolicy;
import org.chancery.governance.rooms.RecordRooms;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.directory.Directory;
import org.chancery.homeserver.directory.PublicRooms;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.Identity;
import org.chancery.homeserver.rooms.MemberProfiles;
import org.chancery.homeserver.rooms.Memberships;
import org.chancery.homeserver.rooms.RoomCreation;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.homeserver.rooms.RoomUpgrade;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.authrules.AuthRules;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// The rooms of the domain.
record Rooms(
        Identity identity,
        RecordRooms records,
        RoomWriter.Stores stores,
        RoomWriter writer,
        MemberProfiles profiles,
        RoomCreation creation,
        Memberships memberships,
        RoomUpgrade upgrade,
        RoomReader reader,
        Directory directory,
        PublicRooms publicRooms) {
    private static final int PEOPLE_SHOWN = 5;

    static Rooms of(
            Config config,
            Stores stores,
            Journal journal,
            Identity identity,
            Records archive,
            InstantSource clock) {
        RoomWriter.Stores log =
                new RoomWriter.Stores(
                        journal,
                        new EventLog(journal, stores.events(), stores.states(), archive.keeper()),
                        stores.events(),
                        stores.states());
        RoomWriter writer =
                new RoomWriter(
                        log,
                        new AuthRules(BouncyEd25519.verifier()),
                        new RecordRoomPolicy(archive.rooms()),
                        identity,
                        clock);
        MemberProfiles profiles = user -> memberProfile(stores.profiles(), user);
        Directory directory =
                new Directory(stores.directory(), stores.events(), journal, config.serverName());
        return new Rooms(
                identity,
                archive.rooms(),
                log,
                writer,
                profiles,
                new RoomCreation(
                        writer, identity, profiles, directory, config.defaultRoomVersion()),
                new Memberships(writer, log, identity, profiles),
                new RoomUpgrade(writer, log, profiles, directory),
                new RoomReader(log),
                directory,
                new PublicRooms(directory, stores.events(), stores.states(), clock));
    }

    /// What a room is called now, or who is in it.
    RoomNames.Called called(RoomId id) {
        Optional<RoomRef> room = stores.events().room(id);
        Optional<String> name = room.flatMap(this::nameOf);
        List<String> people =
                name.isPresent() ? List.of() : room.map(this::people).orElse(List.of());
        return new RoomNames.Called(name, people);
    }

    private Optional<String> nameOf(RoomRef room) {
        return stores.states()
                .current(room, new StateKey(EventType.NAME, ""))
                .flatMap(
                        row ->
                                stores.events().events(List.of(row.event().position())).stream()
                                        .findFirst())
                .flatMap(event -> event.content().string("name"))
                .filter(name -> !name.isBlank());
    }

    /// As they are shown to one another; the archive and its service are no people.
    private List<String> people(RoomRef room) {
        List<RoomMembership> members =
                stores.states().members(room, Optional.empty()).stream()
                        .filter(it -> it.isJoined() || it.membership().equals("invite"))
                        .filter(it -> !it.user().equals(records.service()))
                        .filter(it -> records.ofArchive(it.user()).isEmpty())
                        .sorted(Comparator.comparing(it -> it.user().toString()))
                        .limit(PEOPLE_SHOWN)
                        .toList();
        List<String> names = new ArrayList<>();
        for (RoomMembership member : members) {
            names.add(
                    stores.events().events(List.of(member.position())).stream()
                            .findFirst()
                            .flatMap(event -> event.content().string(Profiles.DISPLAYNAME))
                            .filter(name -> !name.isBlank())
                            .orElse(member.user().localpart()));
        }
        return names;
    }

    /// The part of a profile that membership events carry.
    private static JsonObject memberProfile(ProfileStore profiles, UserId user) {
        Optional<JsonObject> profile = profiles.find(user);
        JsonObject shown = JsonObject.EMPTY;
        for (String key : new String[] {Profiles.DISPLAYNAME, Profiles.AVATAR_URL}) {
            JsonValue value = profile.orElse(JsonObject.EMPTY).get(key);
            if (value != null) {
                shown = shown.with(key, value);
            }
        }
        return shown;
    }
}
