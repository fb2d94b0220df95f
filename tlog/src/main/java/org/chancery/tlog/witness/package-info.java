/// The witness protocol (C2SP tlog-witness), from both sides: a log asks its witnesses to cosign,
/// and
/// a witness cosigns the checkpoints of its neighbours. What is said is here; the wire is a port.
@NullMarked
package org.chancery.tlog.witness;

import org.jspecify.annotations.NullMarked;
