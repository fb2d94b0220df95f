package org.chancery.protocol.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.roomversion.RoomVersion;

/// The redaction algorithm: what of an event outlives its redaction (each room version, section
/// "Redactions"). Hashes of references and signatures cover just this.
public final class Redaction {
    private static final Set<String> KEPT =
            Set.of(
                    "event_id",
                    "type",
                    "room_id",
                    "sender",
                    "state_key",
                    "content",
                    "hashes",
                    "signatures",
                    "depth",
                    "prev_events",
                    "auth_events",
                    "origin_server_ts");

    /// Kept as well before room version 11.
    private static final Set<String> KEPT_BEFORE_V11 = Set.of("origin", "membership", "prev_state");

    private static final Map<RoomVersion, Map<String, Set<String>>> CONTENT = contentTables();

    private Redaction() {}

    /// The event without all that redaction takes away. Redacting twice changes nothing more.
    public static JsonObject redact(JsonObject event, RoomVersion version) {
        var kept = JsonObject.builder();
        for (var member : event.entries()) {
            var name = member.name();
            if (name.equals("content")) {
                kept.put(name, content(event, version));
            } else if (KEPT.contains(name)
                    || (!version.updatedRedaction() && KEPT_BEFORE_V11.contains(name))) {
                kept.put(name, member.value());
            }
        }
        return kept.build();
    }

    private static JsonObject content(JsonObject event, RoomVersion version) {
        var content = event.object("content").orElse(JsonObject.EMPTY);
        var type = event.get("type") instanceof JsonString(var text) ? text : "";
        if (version.updatedRedaction() && type.equals(EventType.CREATE)) {
            return content;
        }
        var keys = CONTENT.getOrDefault(version, Map.of()).get(type);
        if (keys == null) {
            return JsonObject.EMPTY;
        }
        var kept = JsonObject.builder();
        for (var member : content.entries()) {
            if (keys.contains(member.name())) {
                kept.put(member.name(), member.value());
            }
        }
        if (version.updatedRedaction() && type.equals(EventType.MEMBER)) {
            keepSigned(content, kept);
        }
        return kept.build();
    }

    /// Of a third-party invite only the signed part stays.
    private static void keepSigned(JsonObject content, JsonObject.Builder kept) {
        content.object("third_party_invite")
                .ifPresent(
                        invite -> {
                            var signed = invite.get("signed");
                            if (signed != null) {
                                kept.put("third_party_invite", JsonObject.of("signed", signed));
                            }
                        });
    }

    private static Map<RoomVersion, Map<String, Set<String>>> contentTables() {
        var tables = new HashMap<RoomVersion, Map<String, Set<String>>>();
        for (var version : RoomVersion.values()) {
            tables.put(version, contentTable(version));
        }
        return Map.copyOf(tables);
    }

    private static Map<String, Set<String>> contentTable(RoomVersion version) {
        var table = new HashMap<String, Set<String>>();
        table.put(EventType.CREATE, Set.of("creator"));
        table.put(EventType.HISTORY_VISIBILITY, Set.of("history_visibility"));
        table.put(
                EventType.MEMBER,
                version.redactionKeepsJoinAuthorisation()
                        ? Set.of("membership", "join_authorised_via_users_server")
                        : Set.of("membership"));
        table.put(
                EventType.JOIN_RULES,
                version.restrictedJoins() ? Set.of("join_rule", "allow") : Set.of("join_rule"));
        table.put(EventType.POWER_LEVELS, powerLevelKeys(version));
        if (version.aliasesAreSpecial()) {
            table.put(EventType.ALIASES, Set.of("aliases"));
        }
        if (version.updatedRedaction()) {
            table.put(EventType.REDACTION, Set.of("redacts"));
        }
        return Map.copyOf(table);
    }

    private static Set<String> powerLevelKeys(RoomVersion version) {
        var always =
                Set.of(
                        "ban",
                        "events",
                        "events_default",
                        "kick",
                        "redact",
                        "state_default",
                        "users",
                        "users_default");
        if (!version.updatedRedaction()) {
            return always;
        }
        var keys = new HashSet<>(always);
        keys.add("invite");
        return Set.copyOf(keys);
    }
}
