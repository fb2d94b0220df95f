/// The table of room versions 1 to 12 and the rules that each of them switches (Room Version
/// Specification). Whoever follows a rule asks the version for its switch and never compares
/// versions. This room imports nothing.
@NullMarked
package org.chancery.protocol.roomversion;

import org.jspecify.annotations.NullMarked;
