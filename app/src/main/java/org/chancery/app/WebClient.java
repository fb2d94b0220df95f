package org.chancery.app;

import java.util.List;
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

    static List<Route> routes(Config config) {
        return new WebEndpoints(
                        new WebFiles(WebClient.class.getClassLoader()),
                        forPages(config),
                        isSecure(config))
                .routes();
    }

    /// Where no public URL is set, the pages ask where they came from.
    private static JsonObject forPages(Config config) {
        JsonObject known =
                JsonObject.of("brand", config.brand())
                        .with("server_name", config.serverName().value())
                        .with("languages", JsonArray.ofTexts(LANGUAGES))
                        .with(
                                "policies",
                                JsonObject.EMPTY.with(
                                        "open_registration", config.registration().open()));
        return config.listening().publicUrl().map(url -> known.with("base_url", url)).orElse(known);
    }

    private static boolean isSecure(Config config) {
        return config.listening().secure().isPresent()
                || config.listening().publicUrl().filter(it -> it.startsWith("https:")).isPresent();
    }
}
