package org.chancery.homeserver.kernel;

/// An open transaction of the store, handed to whoever writes; there is no ambient one.
///
/// Only the store that made it can look inside: the domain passes it from a [Change] to a port.
public interface Tx {}
