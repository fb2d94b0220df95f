package org.chancery.homeserver.accountdata;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Of whom a user wants to hear nothing (client-server API, "Ignoring users").
public final class IgnoredUsers {
    private static final String TYPE = "m.ignored_user_list";

    private final AccountData data;

    public IgnoredUsers(AccountData data) {
        this.data = data;
    }

    /// The users whom this user ignores.
    public Set<UserId> of(UserId user) {
        Optional<JsonObject> listed =
                data.get(user, Optional.empty(), TYPE)
                        .flatMap(content -> content.object("ignored_users"));
        Set<UserId> ignored = new HashSet<>();
        for (String name : listed.orElse(JsonObject.EMPTY).names()) {
            id(name).ifPresent(ignored::add);
        }
        ignored.remove(user);
        return ignored;
    }

    private static Optional<UserId> id(String name) {
        try {
            return Optional.of(UserId.parse(name));
        } catch (MalformedId e) {
            return Optional.empty(); // No user has that name, so nobody is ignored by it.
        }
    }
}
