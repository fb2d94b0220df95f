package org.chancery.custody.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What was typed: a verb and its options, each with a value; some may stand more than once.
///
/// @param here where relative files begin
record Words(String verb, Map<String, List<String>> options, Path here) {
    private static final int WORDS_MAX = 200;

    /// @param known the options of each verb
    static Words read(List<String> args, Map<String, Set<String>> known, Path here) {
        if (args.isEmpty() || args.size() > WORDS_MAX) {
            throw CommandFault.misused("what is to be done?");
        }
        String verb = args.getFirst();
        Set<String> allowed = known.get(verb);
        if (allowed == null) {
            throw CommandFault.misused("there is no verb " + verb);
        }
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (int i = 1; i < args.size(); i++) {
            String word = args.get(i);
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.startsWith("--") || !allowed.contains(name.substring(2))) {
                throw CommandFault.misused(verb + " knows no " + name);
            }
            if (equals < 0 && i + 1 == args.size()) {
                throw CommandFault.misused(name + " has no value");
            }
            String value = equals >= 0 ? word.substring(equals + 1) : args.get(++i);
            options.computeIfAbsent(name.substring(2), _ -> new ArrayList<>()).add(value);
        }
        return new Words(verb, options, here);
    }

    /// The one value of an option that must be there.
    String text(String option) {
        return optional(option)
                .orElseThrow(() -> CommandFault.misused(verb + " needs --" + option));
    }

    Optional<String> optional(String option) {
        List<String> values = options.getOrDefault(option, List.of());
        if (values.size() > 1) {
            throw CommandFault.misused("--" + option + " stands twice");
        }
        return values.stream().findFirst();
    }

    Path path(String option) {
        return path(option, text(option));
    }

    /// All values of an option that may stand more than once.
    List<String> texts(String option) {
        return options.getOrDefault(option, List.of());
    }

    List<Path> paths(String option) {
        return texts(option).stream().map(text -> path(option, text)).toList();
    }

    int number(String option, int usual, int max) {
        Optional<String> text = optional(option);
        if (text.isEmpty()) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text.get());
            if (number >= 1 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw CommandFault.misused("--" + option + " is a whole number");
        }
        throw CommandFault.misused("--" + option + " is from 1 to " + max);
    }

    private Path path(String option, String text) {
        try {
            return here.resolve(text);
        } catch (InvalidPathException e) {
            throw CommandFault.misused("--" + option + " is a file or a folder");
        }
    }
}
