package org.chancery.conformance.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.chancery.conformance.spec.Operation;

/// What is asked of every operation alike: to refuse whoever has no token or a wrong one, and a
/// body
/// that is no JSON or no object.
public final class Routine {
    private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z]+)}");

    /// What stands for a path parameter where nothing depends on it.
    private static final Map<String, String> USUAL =
            Map.ofEntries(
                    Map.entry("userId", "{alice}"),
                    Map.entry("roomId", "{room}"),
                    Map.entry("roomIdOrAlias", "{room}"),
                    Map.entry("roomAlias", "%23nowhere:localhost"),
                    Map.entry("eventId", "$nothing"),
                    Map.entry("eventType", "m.room.topic"),
                    Map.entry("stateKey", ""),
                    Map.entry("txnId", "t1"),
                    Map.entry("type", "org.example.kind"),
                    Map.entry("tag", "u.work"),
                    Map.entry("deviceId", "{alice.device}"),
                    Map.entry("filterId", "0"),
                    Map.entry("keyName", "displayname"),
                    Map.entry("receiptType", "m.read"),
                    Map.entry("kind", "content"),
                    Map.entry("ruleId", "rule"),
                    Map.entry("version", "1"),
                    Map.entry("sessionId", "session"),
                    Map.entry("serverName", "localhost"),
                    Map.entry("mediaId", "nothing"));

    private Routine() {}

    /// @param served the operations of the specification that are served
    public static List<Scenario> of(List<Operation> served) {
        List<Line> room = new ArrayList<>();
        List<Line> stranger = new ArrayList<>();
        List<Line> garbled = new ArrayList<>();
        List<Line> listed = new ArrayList<>();
        room.add(
                new Line(
                        "alice",
                        "POST",
                        "/_matrix/client/v3/createRoom",
                        "{}",
                        200,
                        "",
                        Map.of("room", "/room_id"),
                        false));
        List<Line> nobody = new ArrayList<>(room);
        stranger.addAll(room);
        garbled.addAll(room);
        listed.addAll(room);
        for (Operation operation : served) {
            String body = operation.takesJson() ? "{}" : "";
            if (operation.needsToken()) {
                nobody.add(line(Line.NOBODY, operation, body, 401, "M_MISSING_TOKEN"));
                stranger.add(line(Line.STRANGER, operation, body, 401, "M_UNKNOWN_TOKEN"));
            }
            if (operation.takesJson() && operation.needsToken()) {
                garbled.add(line("alice", operation, "'{\"half", 400, "M_NOT_JSON"));
                listed.add(line("alice", operation, "'[]", 400, "M_BAD_JSON"));
            }
        }
        return List.of(
                new Scenario("routine/no-token", List.of("alice"), nobody),
                new Scenario("routine/wrong-token", List.of("alice"), stranger),
                new Scenario("routine/no-json", List.of("alice"), garbled),
                new Scenario("routine/no-object", List.of("alice"), listed));
    }

    private static Line line(
            String who, Operation operation, String body, int status, String errcode) {
        String path =
                PARAMETER
                        .matcher(operation.path())
                        .replaceAll(
                                hit ->
                                        java.util.regex.Matcher.quoteReplacement(
                                                USUAL.getOrDefault(hit.group(1), "x")));
        return new Line(who, operation.method(), path, body, status, errcode, Map.of(), false);
    }
}
