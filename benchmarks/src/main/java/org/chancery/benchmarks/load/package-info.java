/// The load generator: a client of the public API only, so that every server gets the same bytes.
@NullMarked
package org.chancery.benchmarks.load;

import org.jspecify.annotations.NullMarked;
