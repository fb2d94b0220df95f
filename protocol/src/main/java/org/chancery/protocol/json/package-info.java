/// JSON as immutable values, a bounded parser over jackson-core's token stream, and canonical JSON
/// (Appendices, "Canonical JSON"). Objects keep their names in order of code points, so that every
/// value is canonical by construction and writing it is one pass. This room imports nothing.
@NullMarked
package org.chancery.protocol.json;

import org.jspecify.annotations.NullMarked;
