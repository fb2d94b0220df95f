package org.chancery.api.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every path under which an endpoint answers besides its own: the one place for old spellings.
final class Aliases {
    /// The empty state key may be left out, with or without its slash ("Getting state by type").
    private static final String STATE_KEY = "/state/{eventType}/{stateKey}";

    private Aliases() {}

    static Set<String> templates(Endpoint endpoint) {
        var all = new LinkedHashSet<String>();
        var listed = new ArrayList<String>();
        listed.add(endpoint.path());
        listed.addAll(endpoint.aliases());
        for (String path : listed) {
            for (String spelling : withShortState(path)) {
                all.add(spelling);
                all.addAll(olderPrefixes(spelling));
            }
        }
        return all;
    }

    private static List<String> withShortState(String path) {
        if (!path.endsWith(STATE_KEY)) {
            return List.of(path);
        }
        return List.of(path, path.substring(0, path.length() - "/{stateKey}".length()));
    }

    /// Bots and suites of before v1.1 say `r0`; the old media paths also `v1`.
    private static List<String> olderPrefixes(String path) {
        var client = "/_matrix/client/v3/";
        var media = "/_matrix/media/v3/";
        if (path.startsWith(client)) {
            return List.of("/_matrix/client/r0/" + path.substring(client.length()));
        }
        if (path.startsWith(media)) {
            var rest = path.substring(media.length());
            return List.of("/_matrix/media/r0/" + rest, "/_matrix/media/v1/" + rest);
        }
        return List.of();
    }
}
