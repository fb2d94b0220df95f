/// Record rooms: rooms of a class whose talk is kept as a record, sealed. Each has an archive user
/// of
/// its own among its members, whose devices are published here and whose private halves no server
/// has.
///
/// [RecordRooms] says which rooms these are, from memory; [RecordRoomPolicy] keeps plain text out
/// of
/// them and their making out of other hands; [RecordRoomMaker] makes them, whole or not at all;
/// [Replacement] puts one in the place of a chat; [DeviceRotation] gives each archive user its next
/// device.
@NullMarked
package org.chancery.governance.rooms;

import org.jspecify.annotations.NullMarked;
