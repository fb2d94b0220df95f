package org.chancery.homeserver.directory;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.homeserver.accounts.ProfileStore;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.accounts.UserIndex;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Finds people (client-server API, "User directory").
public final class UserDirectory {
    /// The most people of one answer.
    public static final int RESULTS_MAX = 100;

    private static final int PORTION = 100;
    private static final int PORTIONS_MAX = 10;
    private static final int ROOMS_MAX = 100;

    private final UserIndex index;
    private final ProfileStore profiles;
    private final EventStore events;
    private final StateStore states;
    private final Journal journal;
    private final Found found;

    public UserDirectory(
            UserIndex index,
            ProfileStore profiles,
            EventStore events,
            StateStore states,
            Journal journal,
            Found found) {
        this.index = index;
        this.profiles = profiles;
        this.events = events;
        this.states = states;
        this.journal = journal;
        this.found = found;
    }

    /// Who is found.
    public enum Found {
        /// All people of this server, as an organisation wants it.
        EVERYBODY,
        /// Those with whom one shares a room, and those in rooms that are open to all.
        ACQUAINTED
    }

    /// Somebody as he is shown.
    public record Person(UserId user, Optional<String> displayName, Optional<String> avatarUrl) {}

    /// An answer.
    ///
    /// @param limited whether there are more
    public record People(List<Person> people, boolean limited) {}

    /// The people in whose names all words of the term begin a word, whatever case and accents. A
    /// user id counts by its localpart.
    public People find(UserId asker, String term, int wanted) {
        int limit = Math.clamp(wanted, 0, RESULTS_MAX);
        String name = term.startsWith("@") ? term.substring(1).split(":", 2)[0] : term;
        List<String> words = NameWords.of(name);
        if (words.isEmpty()) {
            return new People(List.of(), false);
        }
        List<UserId> users =
                switch (found) {
                    case EVERYBODY -> index.find(words, 0, limit + 1);
                    case ACQUAINTED -> acquainted(asker, words, limit + 1);
                };
        return new People(
                users.stream().limit(limit).map(this::person).toList(), users.size() > limit);
    }

    private List<UserId> acquainted(UserId asker, List<String> words, int limit) {
        Set<UserId> peers = new HashSet<>(states.peers(asker));
        peers.add(asker);
        long now = journal.durable();
        List<UserId> known = new ArrayList<>();
        for (int portion = 0; portion < PORTIONS_MAX && known.size() < limit; portion++) {
            List<UserId> read = index.find(words, portion * PORTION, PORTION);
            read.stream()
                    .filter(user -> peers.contains(user) || isInOpenRoom(user, now))
                    .forEach(known::add);
            if (read.size() < PORTION) {
                break;
            }
        }
        return known;
    }

    private boolean isInOpenRoom(UserId user, long now) {
        return states.rooms(user, now).stream()
                .filter(RoomMembership::isJoined)
                .limit(ROOMS_MAX)
                .anyMatch(
                        it ->
                                is(it.room(), StateKey.JOIN_RULES, "join_rule", "public")
                                        || is(
                                                it.room(),
                                                StateKey.HISTORY_VISIBILITY,
                                                "history_visibility",
                                                "world_readable"));
    }

    private boolean is(RoomRef room, StateKey key, String name, String value) {
        return states.current(room, key)
                .map(row -> events.events(List.of(row.event().position())).getFirst())
                .flatMap(event -> event.content().string(name))
                .filter(value::equals)
                .isPresent();
    }

    private Person person(UserId user) {
        JsonObject profile = profiles.find(user).orElse(JsonObject.EMPTY);
        return new Person(
                user, profile.string(Profiles.DISPLAYNAME), profile.string(Profiles.AVATAR_URL));
    }
}
