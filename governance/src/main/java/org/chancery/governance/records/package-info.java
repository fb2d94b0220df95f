/// The archive of record rooms: what was said there as it was signed, the Olm messages for the
/// archive's devices in the order in which they came, and what was known of the members' keys. Each
/// piece lies under a wrap key of its own, so that it can be made unreadable alone.
///
/// The server keeps and counts; nothing here can read what was encrypted for the archive. Every
/// hour a leaf of the log commits to what came.
@NullMarked
package org.chancery.governance.records;

import org.jspecify.annotations.NullMarked;
