package org.chancery.homeserver.push;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The tables of pushers and of what they are still to be told.
public interface PusherStore {

    /// The user's pushers, in the order in which they were made.
    List<Pusher> of(UserId user);

    List<Pusher> of(Tx tx, UserId user);

    /// Who has any.
    List<UserId> owners();

    /// Writes a pusher, in place of the one with its id if there is one.
    void put(Tx tx, Pusher pusher);

    /// Takes a pusher away with all that it was still to be told.
    void delete(Tx tx, String id);

    /// The pushers of other users with that key.
    List<Pusher> ofOthers(Tx tx, Pusher.Key key, UserId user);

    /// Takes away those that a session made.
    void deleteOf(Tx tx, UserId user, DeviceId device);

    /// Notes the token that activates a pusher, in place of an older one.
    void token(Tx tx, String id, Token token);

    /// The token that activates a pusher.
    Optional<Token> token(Tx tx, String id);

    /// A token that activates a pusher.
    record Token(String text, long expiresTs) {}

    /// Notes what a pusher is to be told, unless that is noted already. Where there is too much,
    /// the
    /// oldest is forgotten.
    ///
    /// @param most how many notices a pusher may have
    void add(Tx tx, Notice notice, int most);

    /// What a pusher is still to be told, the oldest first.
    List<Notice> notices(String pusher, int limit);

    /// It has been told this.
    void told(Tx tx, Notice notice);

    /// A pusher that has something to be told.
    ///
    /// @param failures how often in a row it could not be
    record Due(Pusher pusher, int failures) {}

    /// Those that are to be told something and may be tried, the longest waiting first.
    List<Due> due(long nowTs, int limit);

    /// When the next one may be tried that may not be now.
    OptionalLong nextTry(long nowTs);

    /// It was told, or could not be.
    ///
    /// @param failures 0 when it was told
    void tried(Tx tx, String id, int failures, long retryTs);
}
