package org.chancery.homeserver.sync;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.ephemeral.Typing;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Who is typing in the rooms of the user (client-server API, "Typing notifications"). What is told
/// is who types *now*; so it may be newer than the token, and is then told again.
final class TypingStream {
    private final Typing typing;

    TypingStream(Typing typing) {
        this.typing = typing;
    }

    /// The rooms whose lists changed within the span.
    Set<RoomId> touched(Span span) {
        long since = span.request().since().map(SyncToken::ephemeral).orElse(0L);
        return new HashSet<>(typing.changed(span.user(), since));
    }

    /// The list of a room, if there is news of it; an empty one only if the client knows another.
    ///
    /// @param touched see [#touched]
    Optional<List<UserId>> of(Span span, Stay stay, Set<RoomId> touched) {
        boolean isTouched = touched.contains(stay.room().id());
        if ((!isTouched && !stay.isNew())
                || !span.filter().room().ephemeral().acceptsType("m.typing")) {
            return Optional.empty();
        }
        List<UserId> users = typing.in(stay.room().id());
        return stay.isNew() && users.isEmpty() ? Optional.empty() : Optional.of(users);
    }
}
