/// The log and what follows from it: events, state, auth chains, followers' cursors.
///
/// An event is one row, whose position is its address; state is stored as differences.
@NullMarked
package org.chancery.adapters.jdbc.events;

import org.jspecify.annotations.NullMarked;
