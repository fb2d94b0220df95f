package org.chancery.api.ops;

/// Knows whether the server can do its work. A store that has stopped never recovers by itself, so
/// whoever watches should start the server again.
@FunctionalInterface
public interface HealthSource {
    boolean isHealthy();
}
