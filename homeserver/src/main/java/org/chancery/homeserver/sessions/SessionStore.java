package org.chancery.homeserver.sessions;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// The tables of devices, access tokens and refresh tokens. Tokens are named by their hashes.
public interface SessionStore {

    /// What an access token stands for.
    ///
    /// @param expiresTs when it ends, in milliseconds since 1970; empty for never
    /// @param fresh whether neither it nor its refresh token was used since a refresh made them
    /// @param seenTs when its device was last noted as used; 0 for never
    record Grant(Session session, OptionalLong expiresTs, boolean fresh, long seenTs) {}

    /// A refresh token.
    ///
    /// @param replaces the refresh token before it, until the new pair is first used
    /// @param spent whether a later token took its place for good
    record Refresh(
            UserId user,
            DeviceId device,
            long expiresTs,
            @Nullable String replaces,
            boolean spent) {}

    /// A pair of hashes to store.
    ///
    /// @param refresh null for an access token without end and without refresh token
    /// @param replaces the refresh token by which the pair was made
    record Pair(
            String access,
            OptionalLong accessExpiresTs,
            @Nullable String refresh,
            long refreshExpiresTs,
            @Nullable String replaces) {}

    /// A device and the hash of the refresh token that belongs to an access token.
    record Owner(UserId user, DeviceId device, @Nullable String refresh) {}

    Optional<Grant> grant(String accessHash);

    Optional<Owner> owner(Tx tx, String accessHash);

    Optional<Refresh> refresh(Tx tx, String refreshHash);

    /// The access tokens of a user.
    List<String> accessHashes(UserId user);

    /// The access tokens of a device, as the open transaction sees them.
    List<String> accessHashes(Tx tx, UserId user, DeviceId device);

    void insertPair(Tx tx, UserId user, DeviceId device, Pair pair);

    /// Ends every token of the device.
    void deleteTokens(Tx tx, UserId user, DeviceId device);

    /// Ends a pair that was made in place of this refresh token and never used.
    void deleteReplacementOf(Tx tx, String refreshHash);

    /// The pair of this refresh token has been used: what it replaces is spent, its access token
    /// over.
    void confirm(Tx tx, UserId user, DeviceId device, String refreshHash, long nowTs);

    /// Ends every refresh token of the device, and lets its access tokens be known as expired.
    void revoke(Tx tx, UserId user, DeviceId device);

    List<Device> devices(UserId user);

    List<DeviceId> devices(Tx tx, UserId user);

    Optional<Device> device(UserId user, DeviceId device);

    boolean hasDevice(Tx tx, UserId user, DeviceId device);

    /// How many devices the user has.
    long countDevices(Tx tx, UserId user);

    /// The device that was not used for longest.
    Optional<DeviceId> leastSeen(Tx tx, UserId user);

    void insertDevice(
            Tx tx, UserId user, DeviceId device, @Nullable String displayName, long nowTs);

    /// @return whether there is such a device
    boolean rename(Tx tx, UserId user, DeviceId device, @Nullable String displayName);

    /// Takes the device away with its tokens.
    void deleteDevice(Tx tx, UserId user, DeviceId device);

    void seen(Tx tx, UserId user, DeviceId device, long ts, String ip);
}
