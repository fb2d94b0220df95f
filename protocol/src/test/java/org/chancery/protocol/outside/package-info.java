/// Checks against data from outside, which the repository does not hold: `./dev conformance`.
@NullMarked
package org.chancery.protocol.outside;

import org.jspecify.annotations.NullMarked;
