/// Two servers' answers side by side: what may differ by nature is named by a rule and taken out,
/// what differs by decision stands in a list with its section of the specification, and all else is
/// found.
@NullMarked
package org.chancery.conformance.compare;

import org.jspecify.annotations.NullMarked;
