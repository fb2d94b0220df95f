/// The server's transparency log at run time: what is noted in a transaction gets into the log,
/// once and in that order, whatever happens in between. Proofs, checkpoints and witnesses are read
/// and asked here. It opens the log when something is to be logged or read, not before.
@NullMarked
package org.chancery.governance.log;

import org.jspecify.annotations.NullMarked;
