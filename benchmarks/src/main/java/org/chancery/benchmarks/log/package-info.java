/// The transparency log at the size that it must bear: durable appends, proofs, opening, checking.
@NullMarked
package org.chancery.benchmarks.log;

import org.jspecify.annotations.NullMarked;
