/// Signed notes, checkpoints and cosignatures (C2SP signed-note, tlog-checkpoint and
/// tlog-cosignature), read strictly and written. Ed25519 itself comes in by the ports
/// [org.chancery.tlog.note.Ed25519Signer] and [org.chancery.tlog.note.Ed25519Verifier].
@NullMarked
package org.chancery.tlog.note;

import org.jspecify.annotations.NullMarked;
