/// Rooms: the one door through which every room event enters, and what people do in rooms.
///
/// [RoomWriter] builds, judges and submits; [RoomCreation], [Memberships] and [Messages] are the
/// acts of the Client-Server API over it; [RoomReader] answers what a user may see. Governance is
/// asked through [EventPolicy] and not known by name.
@NullMarked
package org.chancery.homeserver.rooms;

import org.jspecify.annotations.NullMarked;
