package org.chancery.app;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.api.http.Route;
import org.chancery.api.web.WebEndpoints;
import org.chancery.api.web.WebFiles;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// The web client that this server hands out, if it was built with one, and what the client learns
/// of the server before anybody is signed in.
final class WebClient {
    private static final List<String> LANGUAGES = List.of("en", "nl", "fr", "de");

    private WebClient() {}

    /// @param vapid the key with which browsers subscribe to be told of news
    static List<Route> routes(Config config, Supplier<Optional<String>> vapid) {
        return new WebEndpoints(
                        new WebFiles(WebClient.class.getClassLoader()),
                        () -> forPages(config, vapid.get()),
                        isSecure(config))
                .routes();
    }

    /// Where no public URL is set, the pages ask where they came from.
    private static JsonObject forPages(Config config, Optional<String> vapid) {
        JsonObject known =
                JsonObject.of("brand", config.brand())
                        .with("server_name", config.serverName().value())
                        .with("languages", JsonArray.ofTexts(LANGUAGES))
                        .with(
                                "policies",
                                JsonObject.EMPTY.with(
                                        "open_registration", config.registration().open()));
        JsonObject withKey = vapid.map(key -> known.with("push_key", key)).orElse(known);
        return config.listening()
                .publicUrl()
                .map(url -> withKey.with("base_url", url))
                .orElse(withKey);
    }

    private static boolean isSecure(Config config) {
        return config.listening().secure().isPresent()
                || config.listening().publicUrl().filter(it -> it.startsWith("https:")).isPresent();
    }
}
