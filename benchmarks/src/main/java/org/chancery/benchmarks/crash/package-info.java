/// What is left after a crash: the server is killed under load, its disk filled, its fsync made to
/// fail; then the client's own journal says what had been acknowledged, and all of it must be
/// there.
@NullMarked
package org.chancery.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
