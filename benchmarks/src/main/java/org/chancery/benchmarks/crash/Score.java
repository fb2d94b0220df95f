package org.chancery.benchmarks.crash;

/// Counts what passed and what failed, and says each as it happens.
final class Score {
    private int passed;
    private int failed;
    private int skipped;

    void note(String what, boolean good, String detail) {
        if (good) {
            passed++;
        } else {
            failed++;
        }
        System.out.println((good ? "ok      " : "FAILED  ") + what + ": " + detail.strip());
    }

    void skip(String what, String why) {
        skipped++;
        System.out.println("skipped " + what + ": " + why);
    }

    boolean isGood() {
        return failed == 0;
    }

    /// The closing line.
    @Override
    public String toString() {
        String line = passed + " passed, " + failed + " failed";
        return skipped == 0 ? line : line + ", " + skipped + " skipped";
    }
}
