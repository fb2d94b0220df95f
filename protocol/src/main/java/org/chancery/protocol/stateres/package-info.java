/// State resolution: which state holds where branches of a room's event graph meet (Rooms, "State
/// resolution"). Version 1 of the algorithm serves room version 1, version 2 serves 2 to 11,
/// version 2.1 serves 12. The answer depends on the arguments alone: every server gets the same,
/// whatever order it learnt of the branches in. No step recurses, and each walk ends, on graphs
/// with circles too (event IDs of room versions 1 and 2 are no hashes).
///
/// Imports `authrules`, `event`, `id` and `roomversion`.
@NullMarked
package org.chancery.protocol.stateres;

import org.jspecify.annotations.NullMarked;
