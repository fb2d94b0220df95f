package org.chancery.custody.redaction;

import java.util.Set;
import org.chancery.archive.stock.MalformedArchive;

/// Why something is cut out: an article of the Woo, or that it is a key and no content.
record Ground(String code) {
    private static final Set<String> CODES =
            Set.of(
                    "5.1.1a",
                    "5.1.1b",
                    "5.1.1c",
                    "5.1.1d",
                    "5.1.1e",
                    "5.1.2a",
                    "5.1.2b",
                    "5.1.2c",
                    "5.1.2d",
                    "5.1.2e",
                    "5.1.2f",
                    "5.1.2g",
                    "5.1.2h",
                    "5.1.2i",
                    "5.1.5",
                    "5.2",
                    "out-of-scope",
                    "key");

    /// Keys to attachments, which stand in the event beside what was said.
    static final Ground KEY = new Ground("key");

    Ground {
        if (!CODES.contains(code)) {
            throw new MalformedArchive("no such ground: an article of the Woo, like 5.1.2e");
        }
    }
}
