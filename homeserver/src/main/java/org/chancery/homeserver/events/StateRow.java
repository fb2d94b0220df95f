package org.chancery.homeserver.events;

import java.util.Optional;
import org.chancery.protocol.event.StateKey;

/// One entry of the state of a room: which event set it.
///
/// @param event the event in force
/// @param membership the `membership` of an `m.room.member`, so that members are counted without
///     reading events
public record StateRow(StateKey key, EventRef event, Optional<String> membership) {}
