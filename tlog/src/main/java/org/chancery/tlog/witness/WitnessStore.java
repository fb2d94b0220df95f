package org.chancery.tlog.witness;

import java.util.Optional;
import org.chancery.tlog.note.SignedCheckpoint;

/// What a witness must not forget: the last checkpoint that it cosigned, of each log.
public interface WitnessStore {
    /// Empty where it never cosigned one of that origin.
    Optional<SignedCheckpoint> latest(String origin);

    /// Puts the checkpoint in the place of that of the old size (0 where there was none) and
    /// returns
    /// when that is durable. False, and nothing has happened, where another one came in between:
    /// looking and writing are one step.
    boolean replace(String origin, long oldSize, SignedCheckpoint checkpoint);
}
