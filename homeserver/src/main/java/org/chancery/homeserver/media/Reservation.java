package org.chancery.homeserver.media;

import org.chancery.protocol.id.UserId;

/// An address without a file: its owner uploads it later.
///
/// @param id the part of the `mxc:` address after the server name
/// @param owner who alone may upload to it
/// @param expiresTs when it is over, in milliseconds
public record Reservation(String id, UserId owner, long expiresTs) {}
