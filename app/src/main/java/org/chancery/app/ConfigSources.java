package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gathers the values of the keys from the file, the environment and the options, and refuses what
/// it does not know.
final class ConfigSources {
    private static final String PREFIX = "CHANCERY_";
    private static final String FILE_OPTION = "--config";

    private final Map<Key, String> values = new EnumMap<>(Key.class);
    private final List<String> faults = new ArrayList<>();

    private ConfigSources() {}

    /// @param options what follows the verb: `--key=value` or `--key value`
    static ConfigSources read(List<String> options, Map<String, String> environment) {
        ConfigSources sources = new ConfigSources();
        Map<String, String> given = sources.split(options);
        Optional.ofNullable(given.remove(FILE_OPTION))
                .or(() -> Optional.ofNullable(environment.get(PREFIX + "CONFIG")))
                .ifPresent(sources::readFile);
        environment.forEach(sources::readVariable);
        given.forEach(sources::readOption);
        return sources;
    }

    String value(Key key) {
        return values.getOrDefault(key, key.usual());
    }

    /// Another usual value than the key's own.
    void unlessGiven(Key key, String value) {
        values.putIfAbsent(key, value);
    }

    List<String> faults() {
        return faults;
    }

    private Map<String, String> split(List<String> options) {
        Map<String, String> given = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            String option = options.get(i);
            int equals = option.indexOf('=');
            if (!option.startsWith("--")) {
                faults.add("not an option: " + option);
            } else if (equals > 0) {
                given.put(option.substring(0, equals), option.substring(equals + 1));
            } else if (i + 1 < options.size()) {
                given.put(option, options.get(++i));
            } else {
                faults.add(option + " has no value");
            }
        }
        return given;
    }

    private void readFile(String file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file), UTF_8);
        } catch (IOException e) {
            faults.add("the configuration file cannot be read: " + file);
            return;
        }
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                readLine(file + ":" + (i + 1), line);
            }
        }
    }

    private void readLine(String place, String line) {
        int equals = line.indexOf('=');
        if (equals < 0) {
            faults.add(place + ": not of the form key = value");
            return;
        }
        String name = line.substring(0, equals).strip();
        Optional<Key> key = Key.ofFile(name);
        if (key.isEmpty()) {
            faults.add(place + ": unknown key " + name);
        } else {
            values.put(key.get(), line.substring(equals + 1).strip());
        }
    }

    private void readVariable(String name, String value) {
        if (!name.startsWith(PREFIX) || name.equals(PREFIX + "CONFIG")) {
            return;
        }
        Optional<Key> key = Key.ofVariable(name);
        if (key.isEmpty()) {
            faults.add("unknown environment variable " + name);
        } else {
            values.put(key.get(), value);
        }
    }

    private void readOption(String name, String value) {
        Optional<Key> key = Key.ofOption(name);
        if (key.isEmpty()) {
            faults.add("unknown option " + name);
        } else {
            values.put(key.get(), value);
        }
    }
}
