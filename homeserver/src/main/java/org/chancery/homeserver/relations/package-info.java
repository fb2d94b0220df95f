/// What relates to an event: edits, threads, references, and the lists of them (client-server API,
/// "Forming relationships between events").
///
/// It reads the index that the event store keeps. What one may not see, and what comes of people
/// whom one ignores, counts for nothing.
@NullMarked
package org.chancery.homeserver.relations;

import org.jspecify.annotations.NullMarked;
