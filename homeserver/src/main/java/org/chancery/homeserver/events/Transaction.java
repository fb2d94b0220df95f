package org.chancery.homeserver.events;

import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// The transaction that a client gave to a send, so that a retry finds its event again
/// (client-server API, "Transaction identifiers").
///
/// @param scope what the identifier is scoped to besides the device: the endpoint's method, room
/// and
///     type
public record Transaction(UserId user, DeviceId device, String scope, String id) {}
