package org.chancery.protocol.authrules;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// Who made a room: the `creator` of the create event up to room version 10, its sender in version
/// 11, its sender and the `additional_creators` since version 12.
public final class RoomCreators {
    private RoomCreators() {}

    /// The creators. Empty if an old create event names none.
    public static Set<UserId> of(Pdu create) {
        if (create.version().creatorInContent()) {
            return create.content()
                    .string("creator")
                    .flatMap(RoomCreators::user)
                    .map(Set::of)
                    .orElse(Set.of());
        }
        if (!create.version().creatorsPrivileged()
                || !create.content().has("additional_creators")) {
            return Set.of(create.sender());
        }
        var creators = new HashSet<UserId>();
        creators.add(create.sender());
        var additional = create.content().array("additional_creators");
        if (additional.isPresent()) {
            for (JsonValue value : additional.get()) {
                user(value).ifPresent(creators::add);
            }
        }
        return Set.copyOf(creators);
    }

    static Optional<UserId> user(JsonValue value) {
        return value instanceof JsonString(String text) ? user(text) : Optional.empty();
    }

    static Optional<UserId> user(String text) {
        try {
            return Optional.of(UserId.parse(text));
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
