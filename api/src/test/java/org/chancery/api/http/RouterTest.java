package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {
    private static final Endpoint STATE =
            Endpoint.get("/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}");
    private static final Endpoint SET_STATE =
            Endpoint.put("/_matrix/client/v3/rooms/{room}/state/{type}/{stateKey}");
    private static final Endpoint CURRENT = Endpoint.get("/_matrix/client/v3/keys/version");
    private static final Endpoint ONE = Endpoint.put("/_matrix/client/v3/keys/{id}");
    private static final Endpoint UPLOAD = Endpoint.post("/_matrix/media/v3/upload");

    private final Router router =
            new Router(
                    List.of(
                            route(STATE),
                            route(SET_STATE),
                            route(CURRENT),
                            route(ONE),
                            route(UPLOAD)));

    private static Route route(Endpoint endpoint) {
        return endpoint.by(_ -> Response.ok());
    }

    private Router.Match match(String path, Method method) {
        return router.match(path, Optional.of(method));
    }

    private Router.Match.Found found(String path, Method method) {
        return assertInstanceOf(Router.Match.Found.class, match(path, method));
    }

    @Test
    void an_escaped_slash_stays_inside_its_parameter() {
        var path = "/_matrix/client/v3/rooms/%21a%2Fb%3Aexample.org/state/m.room.member/%40a%3Ab";

        var found = found(path, Method.GET);

        assertEquals(STATE, found.route().endpoint());
        assertEquals("!a/b:example.org", found.params().get("roomId"));
        assertEquals("@a:b", found.params().get("stateKey"));
    }

    @Test
    void each_method_names_the_parameters_as_its_own_template_does() {
        var found = found("/_matrix/client/v3/rooms/!a:b/state/t/k", Method.PUT);

        assertEquals(SET_STATE, found.route().endpoint());
        assertEquals("!a:b", found.params().get("room"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state/m.room.name", "state/m.room.name/"})
    void the_empty_state_key_may_be_left_out(String tail) {
        var found = found("/_matrix/client/v3/rooms/!a:b/" + tail, Method.GET);

        assertEquals(STATE, found.route().endpoint());
        assertEquals("m.room.name", found.params().get("eventType"));
        assertEquals("", found.params().get("stateKey"));
    }

    @Test
    void an_empty_segment_in_the_middle_is_no_parameter() {
        var path = "/_matrix/client/v3/rooms//state/m.room.name/";

        var match = match(path, Method.GET);

        assertInstanceOf(Router.Match.Unknown.class, match);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_matrix/media/v3/upload",
                "/_matrix/media/r0/upload",
                "/_matrix/media/v1/upload"
            })
    void older_spellings_reach_the_same_endpoint(String path) {
        var found = found(path, Method.POST);

        assertEquals(UPLOAD, found.route().endpoint());
    }

    @Test
    void the_old_prefix_serves_every_client_path() {
        var found = found("/_matrix/client/r0/keys/version", Method.GET);

        assertEquals(CURRENT, found.route().endpoint());
    }

    @Test
    void a_literal_goes_before_a_parameter() {
        var found = found("/_matrix/client/v3/keys/version", Method.GET);

        assertEquals(CURRENT, found.route().endpoint());
    }

    @Test
    void a_parameter_is_tried_where_the_literal_has_not_the_method() {
        var found = found("/_matrix/client/v3/keys/version", Method.PUT);

        assertEquals("version", found.params().get("id"));
    }

    @Test
    void a_known_path_with_another_method_says_which_are_allowed() {
        var match = match("/_matrix/client/v3/keys/version", Method.DELETE);

        var wrong = assertInstanceOf(Router.Match.WrongMethod.class, match);
        assertEquals(Set.of(Method.GET, Method.PUT), wrong.allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "/",
                "/_matrix",
                "/_matrix/client/v3/keys",
                "/_matrix/client/v3/keys/a/b",
                "/_matrix/client/v3/../v3/keys/version",
                "//_matrix/client/v3/keys/version"
            })
    void other_paths_are_unknown(String path) {
        var match = match(path, Method.GET);

        assertInstanceOf(Router.Match.Unknown.class, match);
    }

    @Test
    void a_path_of_very_many_segments_is_unknown() {
        var match = match("/a".repeat(10_000), Method.GET);

        assertInstanceOf(Router.Match.Unknown.class, match);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c3", "%ed%a0%80", "%00", "%c0%af", "\u00e9"})
    void what_is_not_percent_encoded_utf8_can_not_be_decoded(String segment) {
        var match = match("/_matrix/client/v3/keys/" + segment, Method.PUT);

        assertInstanceOf(Router.Match.Undecodable.class, match);
    }

    @Test
    void a_plus_in_a_path_is_a_plus() {
        var found = found("/_matrix/client/v3/keys/a+b", Method.PUT);

        assertEquals("a+b", found.params().get("id"));
    }

    @Test
    void two_routes_for_one_path_are_refused() {
        var routes = List.of(route(ONE), route(Endpoint.put("/_matrix/client/r0/keys/{other}")));

        assertThrows(IllegalArgumentException.class, () -> new Router(routes));
    }

    @Test
    void the_template_of_pages_takes_what_nobody_else_has_but_no_path_of_programs() {
        Endpoint pages = Endpoint.get("/{path*}");
        Router withPages = new Router(List.of(route(CURRENT), route(pages)));

        for (var path : List.of("/", "/a", "/assets/b.js", "/a%2Fb", "/x//y")) {
            var match = withPages.match(path, Optional.of(Method.GET));
            var found = assertInstanceOf(Router.Match.Found.class, match, path);
            assertEquals(path.substring(1).replace("%2F", "/"), found.params().get("path"));
        }
        for (var path : List.of("/_matrix", "/_matrix/client/v3/nowhere", "/.well-known/x")) {
            var match = withPages.match(path, Optional.of(Method.GET));
            assertInstanceOf(Router.Match.Unknown.class, match, path);
        }
        assertInstanceOf(
                Router.Match.WrongMethod.class, withPages.match("/a", Optional.of(Method.POST)));
    }
}
