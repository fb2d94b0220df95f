package org.chancery.conformance.play;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the `{names}` of a scenario stand for.
final class Names {
    private static final Pattern NAME = Pattern.compile("\\{([a-z][a-z0-9_.]*)}");

    private final Map<String, String> values = new TreeMap<>();

    void put(String name, String value) {
        values.put(name, value);
    }

    String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("nothing is called {" + name + "} here");
        }
        return value;
    }

    Map<String, String> all() {
        return values;
    }

    String filled(String text) {
        return NAME.matcher(text).replaceAll(hit -> Matcher.quoteReplacement(get(hit.group(1))));
    }

    /// The same in a URL, where a value may hold no sign with a meaning.
    String filledInUrl(String text) {
        return NAME.matcher(text).replaceAll(this::encoded);
    }

    private String encoded(MatchResult hit) {
        String value = URLEncoder.encode(get(hit.group(1)), StandardCharsets.UTF_8);
        return Matcher.quoteReplacement(value.replace("+", "%20"));
    }
}
