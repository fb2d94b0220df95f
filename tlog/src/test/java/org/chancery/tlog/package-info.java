/// What the tests of the log share: a key, stores that forget and stores that die, and texts that
/// are
/// almost right.
@NullMarked
package org.chancery.tlog;

import org.jspecify.annotations.NullMarked;
