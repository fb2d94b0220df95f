package org.chancery.custody.reading;

import org.chancery.archive.stock.PublicKey;
import org.chancery.custody.olm.MegolmKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// A room key that came by Olm, and who sent it.
///
/// @param sender whom both the server and the Olm message name
/// @param senderKey the identity key (Curve25519) by which the Olm session was begun
/// @param signingKey the Ed25519 key that the sender claims for that device: to be compared with
/// the
///     device keys in the log
public record RoomKey(
        RoomId room, MegolmKey key, UserId sender, PublicKey senderKey, PublicKey signingKey) {}
