/// The append-only log of room events and the state of rooms as differences.
///
/// [EventLog] is the only way in and is called by `rooms.RoomWriter` alone; [EventStore] and
/// [StateStore] are the ports to what is durable. Everything that happens after an event has been
/// accepted reads here, each at its own pace: see [Follower].
@NullMarked
package org.chancery.homeserver.events;

import org.jspecify.annotations.NullMarked;
