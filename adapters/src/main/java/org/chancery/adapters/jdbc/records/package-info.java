/// The archive of record rooms: pieces, their wrap keys in a table of their own, leaves, and what
/// is told of coverage.
@NullMarked
package org.chancery.adapters.jdbc.records;

import org.jspecify.annotations.NullMarked;
