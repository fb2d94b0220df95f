package org.chancery.homeserver.accountdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.ReadCache;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What a user's clients store about the user or a room: one value for each type, seen by that user
/// alone (client-server API, "Client Config").
public final class AccountData {
    /// Size of one value. Lists of rooms by person (`m.direct`) grow with the account.
    static final int CONTENT_BYTES_MAX = 512 * 1024;

    /// Values of one user, over all rooms.
    static final int VALUES_MAX = 20_000;

    private static final int TYPE_BYTES_MAX = 255;
    private static final long CACHE_BYTES_MAX = 64L * 1024 * 1024;
    private static final int ABSENT_BYTES = 64;

    /// One value's name.
    private record Name(UserId user, Optional<RoomId> room, String type) {}

    private final Journal journal;
    private final AccountDataStore store;
    private final ReadCache<Name, Optional<JsonObject>> cache =
            ReadCache.ofWeight(CACHE_BYTES_MAX, AccountData::weight);

    public AccountData(Journal journal, AccountDataStore store) {
        this.journal = journal;
        this.store = store;
    }

    /// The last value.
    ///
    /// @param room empty for what belongs to no room
    public Optional<JsonObject> get(UserId user, Optional<RoomId> room, String type) {
        return cache.get(new Name(user, room, type), () -> store.get(user, room, type));
    }

    /// What was last written within `(after, upTo]`, in that order.
    public List<AccountDatum> changed(UserId user, long after, long upTo) {
        return store.changed(user, after, upTo);
    }

    /// All values, as of `upTo`; a value that was written since is told by what comes after.
    public List<AccountDatum> all(UserId user, long upTo) {
        return store.changed(user, 0, upTo);
    }

    /// Writes a value; returns when it is durable.
    public void set(UserId user, Optional<RoomId> room, String type, JsonObject content) {
        journal.commit(setting(user, room, type, content));
    }

    /// Makes a new value of the old one, which is empty where there is none. Nothing comes between
    /// the reading and the writing.
    ///
    /// @param edit runs on the committer: it must be quick and have no effect; a `MatrixException`
    ///     leaves the value as it is
    /// @return the new value, durable
    public JsonObject update(
            UserId user, Optional<RoomId> room, String type, UnaryOperator<JsonObject> edit) {
        refuseLongType(type);
        return journal.commit(new Write(new Name(user, room, type), edit));
    }

    /// The change that writes a value, for who commits it together with something else.
    public Change<JsonObject> setting(
            UserId user, Optional<RoomId> room, String type, JsonObject content) {
        refuseLongType(type);
        refuseLarge(content);
        return new Write(new Name(user, room, type), _ -> content);
    }

    /// Deletes everything of a user who has given up the account.
    public void forget(UserId user) {
        journal.commit(new Forget(user));
    }

    private static void refuseLongType(String type) {
        if (type.getBytes(UTF_8).length > TYPE_BYTES_MAX) {
            throw new MatrixError.InvalidParam("the type is too long").asException();
        }
    }

    private static void refuseLarge(JsonObject content) {
        if (content.bytes().length > CONTENT_BYTES_MAX) {
            throw new MatrixError.TooLarge("the account data is too large").asException();
        }
    }

    private static int weight(Optional<JsonObject> content) {
        return ABSENT_BYTES + content.map(json -> json.bytes().length).orElse(0);
    }

    private final class Forget implements Change<List<AccountDataStore.Name>> {
        private final UserId user;

        Forget(UserId user) {
            this.user = user;
        }

        @Override
        public int positions() {
            return 0;
        }

        @Override
        public List<AccountDataStore.Name> apply(Tx tx, long first) {
            return store.deleteAll(tx, user);
        }

        @Override
        public List<Touch> touches(List<AccountDataStore.Name> names) {
            names.forEach(each -> cache.forget(new Name(user, each.room(), each.type())));
            return List.of();
        }
    }

    private final class Write implements Change<JsonObject> {
        private final Name name;
        private final UnaryOperator<JsonObject> edit;

        Write(Name name, UnaryOperator<JsonObject> edit) {
            this.name = name;
            this.edit = edit;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public JsonObject apply(Tx tx, long first) {
            Optional<JsonObject> before = store.get(tx, name.user(), name.room(), name.type());
            JsonObject content = edit.apply(before.orElse(JsonObject.EMPTY));
            refuseLarge(content);
            if (before.isEmpty() && store.count(tx, name.user()) >= VALUES_MAX) {
                throw new MatrixError.TooLarge("too much account data").asException();
            }
            store.put(tx, name.user(), new AccountDatum(name.room(), name.type(), content, first));
            return content;
        }

        @Override
        public List<Touch> touches(JsonObject content) {
            cache.forget(name);
            Stream stream =
                    name.room().isPresent() ? Stream.ROOM_ACCOUNT_DATA : Stream.ACCOUNT_DATA;
            return List.of(new Touch(List.of(name.user()), stream, name.room().orElse(null)));
        }
    }
}
