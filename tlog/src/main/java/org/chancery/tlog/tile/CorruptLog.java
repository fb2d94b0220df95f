package org.chancery.tlog.tile;

/// The files of the log do not fit together: nothing may be proved or appended before somebody has
/// looked. The check of a log says where.
public final class CorruptLog extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CorruptLog(String message) {
        super(message);
    }
}
