package org.chancery.custody.opening;

import java.util.function.Consumer;

/// Tells how far long work is, now and then.
public final class Progress {
    private static final long EACH = 10_000;

    private final Consumer<String> told;
    private String what = "";
    private long steps;

    public Progress(Consumer<String> told) {
        this.told = told;
    }

    /// One more of that many.
    void step(String of, long all) {
        if (!of.equals(what)) {
            what = of;
            steps = 0;
        }
        steps++;
        if (steps % EACH == 0 || (steps == all && all >= EACH)) {
            told.accept(steps + " of " + all + " " + of);
        }
    }

    void say(String text) {
        told.accept(text);
    }
}
