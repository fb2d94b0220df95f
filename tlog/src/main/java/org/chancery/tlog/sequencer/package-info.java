/// The log itself: entries go in, in batches, and come out in tiles beneath a signed checkpoint.
/// The
/// order in which things become durable is what keeps a promise that was given; see
/// [org.chancery.tlog.sequencer.Sequencer].
@NullMarked
package org.chancery.tlog.sequencer;

import org.jspecify.annotations.NullMarked;
