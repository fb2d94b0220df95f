package org.chancery.benchmarks.load;

import org.HdrHistogram.Histogram;
import org.chancery.protocol.json.JsonObject;

/// Collects what is measured: a line for the reader, an object for the file.
final class Figures {
    private final JsonObject.Builder all = JsonObject.builder();
    private long errors;

    void put(String name, String value) {
        System.out.printf("%-28s %s%n", name, value);
        all.put(name, value);
    }

    void put(String name, String goal, JsonObject figures) {
        StringBuilder line = new StringBuilder();
        for (JsonObject.Member each : figures.entries()) {
            line.append(each.name()).append(' ').append(each.value()).append("  ");
        }
        System.out.printf("%-28s %s%n%-28s goal: %s%n", name, line, "", goal);
        all.put(name, figures.toBuilder().put("goal", goal).build());
        errors += figures.integer("errors").orElse(0);
    }

    /// Adds the percentiles of a histogram of microseconds.
    static JsonObject.Builder percentiles(JsonObject.Builder figures, Histogram latency) {
        return figures.put("p50_us", latency.getValueAtPercentile(50))
                .put("p99_us", latency.getValueAtPercentile(99))
                .put("p999_us", latency.getValueAtPercentile(99.9));
    }

    long errors() {
        return errors;
    }

    JsonObject json() {
        return all.build();
    }
}
