/// Scenarios as text, and a player who speaks them to any homeserver over plain HTTP and writes
/// down
/// what was said on both sides.
@NullMarked
package org.chancery.conformance.play;

import org.jspecify.annotations.NullMarked;
