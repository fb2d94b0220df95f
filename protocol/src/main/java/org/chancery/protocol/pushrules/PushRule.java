package org.chancery.protocol.pushrules;

import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// One push rule; immutable. A rule with a condition that the server does not understand is kept
/// and never matches.
public final class PushRule {
    private static final int CONDITIONS_MAX = 50;
    private static final String CONDITIONS = "conditions";
    private static final String PATTERN = "pattern";

    private final RuleKind kind;
    private final String id;
    private final boolean enabled;
    private final Actions actions;

    /// `conditions` or `pattern` as they came, by kind.
    private final JsonObject terms;

    /// What must hold; `null` if that is not understood.
    private final @Nullable List<Condition> conditions;

    private PushRule(RuleKind kind, String id, boolean enabled, Actions actions, JsonObject terms) {
        this(kind, id, enabled, actions, terms, conditions(kind, terms));
    }

    private PushRule(
            RuleKind kind,
            String id,
            boolean enabled,
            Actions actions,
            JsonObject terms,
            @Nullable List<Condition> conditions) {
        this.kind = kind;
        this.id = id;
        this.enabled = enabled;
        this.actions = actions;
        this.terms = terms;
        this.conditions = conditions;
    }

    /// A rule as a client defines it. Refuses what is malformed.
    static PushRule define(RuleKind kind, String id, JsonObject body) {
        var actions =
                body.array("actions")
                        .orElseThrow(() -> new MatrixError.MissingParam("actions").asException());
        var rule = new PushRule(kind, id, true, Actions.parse(actions), terms(kind, body));
        if (rule.conditions == null && rule.misusesKnownKind()) {
            throw new MatrixError.BadJson("a condition has wrong parameters").asException();
        }
        return rule;
    }

    public RuleKind kind() {
        return kind;
    }

    public String id() {
        return id;
    }

    /// Whether it is one of the server's own rules.
    public boolean isDefault() {
        return isDefault(id);
    }

    static boolean isDefault(String id) {
        return id.startsWith(".");
    }

    public boolean isEnabled() {
        return enabled;
    }

    public Actions actions() {
        return actions;
    }

    /// The rule as the API shows it.
    public JsonObject json() {
        var builder =
                JsonObject.builder()
                        .put("actions", actions.json())
                        .put("default", isDefault())
                        .put("enabled", enabled)
                        .put("rule_id", id);
        for (var term : terms.entries()) {
            builder.put(term.name(), term.value());
        }
        return builder.build();
    }

    PushRule enabled(boolean now) {
        return new PushRule(kind, id, now, actions, terms, conditions);
    }

    PushRule acting(Actions now) {
        return new PushRule(kind, id, enabled, now, terms, conditions);
    }

    boolean matches(PushedEvent event, @Nullable String displayName) {
        if (!enabled) {
            return false;
        }
        return switch (kind) {
            case ROOM -> isProperty(event, "room_id");
            case SENDER -> isProperty(event, "sender");
            case OVERRIDE, UNDERRIDE, CONTENT -> allHold(event, displayName);
        };
    }

    private boolean isProperty(PushedEvent event, String name) {
        return event.event().get(name) instanceof JsonString(var text) && text.equals(id);
    }

    private boolean allHold(PushedEvent event, @Nullable String displayName) {
        if (conditions == null) {
            return false;
        }
        for (var condition : conditions) {
            if (!condition.holds(event, displayName)) {
                return false;
            }
        }
        return true;
    }

    private boolean misusesKnownKind() {
        for (var json : terms.array(CONDITIONS).orElse(JsonArray.EMPTY).objects()) {
            boolean known = Condition.KINDS.contains(json.string("kind").orElse(""));
            if (known && Condition.parse(json).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static JsonObject terms(RuleKind kind, JsonObject body) {
        return switch (kind) {
            case ROOM, SENDER -> JsonObject.EMPTY;
            case CONTENT -> JsonObject.of(PATTERN, pattern(body));
            case OVERRIDE, UNDERRIDE -> JsonObject.of(CONDITIONS, conditions(body));
        };
    }

    private static String pattern(JsonObject body) {
        var pattern =
                body.string(PATTERN)
                        .orElseThrow(() -> new MatrixError.MissingParam(PATTERN).asException());
        if (pattern.length() > Condition.PATTERN_MAX) {
            throw new MatrixError.InvalidParam("the pattern is too long").asException();
        }
        return pattern;
    }

    private static JsonArray conditions(JsonObject body) {
        if (!body.has(CONDITIONS)) {
            return JsonArray.EMPTY;
        }
        var list =
                body.array(CONDITIONS)
                        .orElseThrow(
                                () ->
                                        new MatrixError.BadJson("no list of conditions")
                                                .asException());
        boolean wellFormed = list.values().stream().allMatch(PushRule::hasKind);
        if (!wellFormed || list.size() > CONDITIONS_MAX) {
            throw new MatrixError.BadJson("a condition is malformed, or too many").asException();
        }
        return list;
    }

    private static boolean hasKind(JsonValue condition) {
        return condition instanceof JsonObject object && object.string("kind").isPresent();
    }

    private static @Nullable List<Condition> conditions(RuleKind kind, JsonObject terms) {
        if (kind == RuleKind.CONTENT) {
            return terms.string(PATTERN).map(Condition::body).map(List::of).orElse(null);
        }
        var conditions = new ArrayList<Condition>();
        for (var json : terms.array(CONDITIONS).orElse(JsonArray.EMPTY).objects()) {
            var condition = Condition.parse(json);
            if (condition.isEmpty()) {
                return null;
            }
            conditions.add(condition.get());
        }
        return List.copyOf(conditions);
    }
}
