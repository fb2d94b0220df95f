/// A transparency log: hashes, tiles, checkpoints, witnesses and proofs. Pure but for its ports.
module org.chancery.tlog {
    requires static transitive org.jspecify;

    exports org.chancery.tlog.merkle;
    exports org.chancery.tlog.note;
    exports org.chancery.tlog.sequencer;
    exports org.chancery.tlog.tile;
    exports org.chancery.tlog.verify;
    exports org.chancery.tlog.witness;
}
