package org.chancery.benchmarks.crash;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Programs of the system that a fault needs: mount, a C compiler.
final class Tool {
    private static final long SECONDS_MAX = 60;

    private Tool() {}

    /// True if the program is there and says that it worked.
    static boolean works(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException absent) {
            return false;
        }
    }
}
