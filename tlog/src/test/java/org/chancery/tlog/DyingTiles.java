package org.chancery.tlog;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.chancery.tlog.tile.LogFile;

/// A store whose machine dies in the middle of a write: some files of it arrived, in any order, and
/// nothing works any more.
public final class DyingTiles extends MemoryTiles {
    private final SplittableRandom random;
    private int steps;

    /// Lives for so many files and discards.
    public DyingTiles(MemoryTiles disk, int steps, SplittableRandom random) {
        files().putAll(disk.copy().files());
        this.steps = steps;
        this.random = random;
    }

    /// The power is gone.
    public static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Whether it has died.
    public boolean isDead() {
        return steps < 0;
    }

    @Override
    public void write(Map<String, byte[]> written) {
        var paths = new ArrayList<>(written.keySet());
        Collections.shuffle(paths, Random.from(random));
        for (String path : paths) {
            step();
            var bytes = written.get(path);
            files().put(path, bytes == null ? new byte[0] : bytes.clone());
        }
    }

    @Override
    public void discard(String path) {
        if (files().containsKey(path)) {
            step();
        }
        super.discard(path);
    }

    @Override
    public void discardPartial(LogFile whole) {
        if (files().keySet().stream().anyMatch(path -> path.startsWith(whole.path() + ".p/"))) {
            step();
        }
        super.discardPartial(whole);
    }

    private void step() {
        steps--;
        if (steps < 0) {
            throw new Death();
        }
    }
}
