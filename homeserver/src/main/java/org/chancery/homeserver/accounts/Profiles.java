package org.chancery.homeserver.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// What users tell of themselves (client-server API, "Profiles").
public final class Profiles {
    /// The name that rooms show.
    public static final String DISPLAYNAME = "displayname";

    /// The picture that rooms show.
    public static final String AVATAR_URL = "avatar_url";

    private static final int PROFILE_BYTES_MAX = 64 * 1024;
    private static final int KEY_BYTES_MAX = 255;
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9._-]*");

    private final ProfileStore store;
    private final AccountStore accounts;
    private final Usernames usernames;
    private final RemoteProfiles remote;
    private final Journal journal;
    private final List<ProfileListener> listeners;

    public Profiles(
            ProfileStore store,
            AccountStore accounts,
            Usernames usernames,
            RemoteProfiles remote,
            Journal journal,
            List<ProfileListener> listeners) {
        this.store = store;
        this.accounts = accounts;
        this.usernames = usernames;
        this.remote = remote;
        this.journal = journal;
        this.listeners = List.copyOf(listeners);
    }

    /// The whole profile.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` where there is no such
    /// user
    public JsonObject of(UserId user) {
        Optional<JsonObject> found =
                usernames.isLocal(user) ? local(user) : remote.query(user, Optional.empty());
        return found.orElseThrow(Profiles::notFound);
    }

    /// One field of a profile.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_NOT_FOUND` where it is not set
    public JsonValue field(UserId user, String key) {
        requireKey(key);
        Optional<JsonObject> found =
                usernames.isLocal(user) ? local(user) : remote.query(user, Optional.of(key));
        JsonValue value = found.orElseThrow(Profiles::notFound).get(key);
        if (value == null) {
            throw notFound();
        }
        return value;
    }

    /// The profile of a user of this server; empty where there is no such user.
    public Optional<JsonObject> local(UserId user) {
        if (accounts.find(user).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(store.find(user).orElse(JsonObject.EMPTY));
    }

    /// Sets a field of a user of this server. An empty name or avatar is none.
    public void set(UserId user, String key, JsonValue value) {
        requireKey(key);
        boolean shown = key.equals(DISPLAYNAME) || key.equals(AVATAR_URL);
        if (shown && (value instanceof JsonNull || value.equals(new JsonString("")))) {
            delete(user, key);
            return;
        }
        if ((shown || key.equals("m.tz")) && !(value instanceof JsonString)) {
            throw new MatrixError.BadJson(key + " must be a string").asException();
        }
        if (value instanceof JsonString(String text) && text.indexOf(0) >= 0) {
            throw new MatrixError.InvalidParam(key + " may not hold NUL").asException();
        }
        change(user, key, profile -> profile.with(key, value));
    }

    /// Takes a field away, if it is there.
    public void delete(UserId user, String key) {
        requireKey(key);
        change(user, key, profile -> profile.without(key));
    }

    private void change(UserId user, String key, UnaryOperator<JsonObject> how) {
        boolean changed =
                journal.commit(
                        Changes.of(
                                tx -> {
                                    JsonObject old = store.find(tx, user).orElse(JsonObject.EMPTY);
                                    JsonObject profile = how.apply(old);
                                    if (profile.equals(old)) {
                                        return false;
                                    }
                                    requireFits(profile);
                                    store.put(tx, user, profile);
                                    return true;
                                }));
        if (changed && (key.equals(DISPLAYNAME) || key.equals(AVATAR_URL))) {
            listeners.forEach(listener -> listener.profileChanged(user));
        }
    }

    private static void requireFits(JsonObject profile) {
        if (profile.bytes().length > PROFILE_BYTES_MAX) {
            throw new MatrixError.ProfileTooLarge("A profile has at most 64 KiB").asException();
        }
    }

    /// Names follow the common namespaced identifier grammar (Appendices).
    private static void requireKey(String key) {
        if (key.getBytes(UTF_8).length > KEY_BYTES_MAX) {
            throw new MatrixError.KeyTooLarge("A name has at most 255 bytes").asException();
        }
        if (!KEY.matcher(key).matches()) {
            throw new MatrixError.InvalidParam("Not a name of a profile field").asException();
        }
    }

    private static RuntimeException notFound() {
        return new MatrixError.NotFound("Profile not found").asException();
    }
}
