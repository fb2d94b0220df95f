package org.chancery.app;

import java.util.List;

/// A configuration that the server refuses to start with. Lists everything that is wrong at once.
final class ConfigFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    ConfigFault(List<String> faults) {
        super(String.join("\n", faults), null, false, false);
    }
}
