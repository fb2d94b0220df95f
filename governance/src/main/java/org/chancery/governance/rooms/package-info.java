/// Record rooms: rooms of a class whose talk is kept as a record, sealed. Each has an archive user
/// of
/// its own among its members, whose devices are published here and whose private halves no server
/// has.
///
/// [RecordRooms] says which rooms these are, from memory; [RecordRoomPolicy] keeps plain text out
/// of
/// them and their making out of other hands.
@NullMarked
package org.chancery.governance.rooms;

import org.jspecify.annotations.NullMarked;
