package org.chancery.homeserver.events;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.protocol.event.StateKey;

/// One change of the current state of a room, kept for ever.
///
/// @param position where in the one sequence the state changed
/// @param event the position of the event now in force; empty where resolution removed the entry
/// @param replaced the position of the event in force before
/// @param membership the new `membership` of an `m.room.member`
public record StateChange(
        long room,
        long position,
        StateKey key,
        OptionalLong event,
        OptionalLong replaced,
        Optional<String> membership) {}
