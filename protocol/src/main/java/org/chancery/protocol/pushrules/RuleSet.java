package org.chancery.protocol.pushrules;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.jspecify.annotations.Nullable;

/// All push rules of one user; immutable, each change answers a new set. Rules of a kind stand in
/// order of importance: the user's own before the server's, save the master rule, which is first of
/// all.
public final class RuleSet {
    /// Most rules that a user may define.
    public static final int RULES_MAX = 1_000;

    private static final int ID_LENGTH_MAX = 255;

    private final UserId user;
    private final Map<RuleKind, List<PushRule>> rules;

    private RuleSet(UserId user, Map<RuleKind, List<PushRule>> rules) {
        this.user = user;
        this.rules = rules;
    }

    /// The server's rules alone, as a new user has them.
    public static RuleSet defaults(UserId user) {
        var rules = new EnumMap<RuleKind, List<PushRule>>(RuleKind.class);
        for (var kind : RuleKind.values()) {
            rules.put(kind, List.of());
        }
        rules.put(RuleKind.OVERRIDE, DefaultRules.override(user));
        rules.put(RuleKind.UNDERRIDE, DefaultRules.underride());
        return new RuleSet(user, rules);
    }

    /// The set that was stored as the content of `m.push_rules` (see [#json]). Of the server's own
    /// rules only the user's changes are taken from there, so that they follow the spec. Throws
    /// [MatrixException] where the rules are malformed.
    public static RuleSet parse(JsonObject stored, UserId user) {
        var global = stored.object("global").orElse(JsonObject.EMPTY);
        var set = defaults(user);
        for (var kind : RuleKind.values()) {
            var list = global.array(kind.toString()).orElse(JsonArray.EMPTY).objects();
            set = set.with(kind, set.restored(kind, list));
        }
        return set.checked();
    }

    /// The content of `m.push_rules`, and the answer of `GET /pushrules/`.
    public JsonObject json() {
        return JsonObject.of("global", global());
    }

    /// The answer of `GET /pushrules/global/`.
    public JsonObject global() {
        var builder = JsonObject.builder();
        for (var kind : RuleKind.values()) {
            var list = rules(kind).stream().map(PushRule::json).toList();
            builder.put(kind.toString(), JsonArray.of(list));
        }
        return builder.build();
    }

    /// The rules of one kind, the most important first.
    public List<PushRule> rules(RuleKind kind) {
        return rules.getOrDefault(kind, List.of());
    }

    public Optional<PushRule> rule(RuleKind kind, String id) {
        return rules(kind).stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /// The most important rule that matches the event; none for the user's own events.
    public Optional<PushRule> match(PushedEvent event, @Nullable String displayName) {
        if (event.event().get("sender") instanceof JsonString(var sender)
                && sender.equals(user.toString())) {
            return Optional.empty();
        }
        for (var kind : RuleKind.values()) {
            for (var rule : rules(kind)) {
                if (rule.matches(event, displayName)) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
    }

    /// What the event does for the user, who has that display name in the room.
    public Actions evaluate(PushedEvent event, @Nullable String displayName) {
        return match(event, displayName).map(PushRule::actions).orElse(Actions.NONE);
    }

    /// Adds a rule, or changes the one of that kind and ID (`PUT /pushrules/global/{kind}/{id}`).
    /// It is placed just before or after a rule that the user has defined; with neither a new rule
    /// comes first among the user's and an old one stays.
    public RuleSet put(
            RuleKind kind,
            String id,
            JsonObject body,
            @Nullable String before,
            @Nullable String after) {
        checkId(id);
        var old = rule(kind, id);
        boolean enabled = old.map(PushRule::isEnabled).orElse(true);
        var rule = PushRule.define(kind, id, body).enabled(enabled);
        var list = new ArrayList<>(rules(kind));
        int stood = indexOf(list, id);
        if (stood >= 0 && before == null && after == null) {
            list.set(stood, rule);
            return with(kind, list);
        }
        if (stood >= 0) {
            list.remove(stood);
        }
        list.add(place(list, before, after), rule);
        return with(kind, list).checked();
    }

    /// Removes a rule that the user has defined.
    public RuleSet delete(RuleKind kind, String id) {
        var list = new ArrayList<>(rules(kind));
        int at = indexOf(list, id);
        if (at < 0) {
            throw notFound();
        }
        if (PushRule.isDefault(id)) {
            throw new MatrixError.InvalidParam("rules of the server stay").asException();
        }
        list.remove(at);
        return with(kind, list);
    }

    public RuleSet setEnabled(RuleKind kind, String id, boolean enabled) {
        return replace(kind, rule(kind, id).orElseThrow(RuleSet::notFound).enabled(enabled));
    }

    public RuleSet setActions(RuleKind kind, String id, JsonArray actions) {
        var rule = rule(kind, id).orElseThrow(RuleSet::notFound);
        return replace(kind, rule.acting(Actions.parse(actions)));
    }

    private RuleSet replace(RuleKind kind, PushRule rule) {
        var list = new ArrayList<>(rules(kind));
        list.set(indexOf(list, rule.id()), rule);
        return with(kind, list);
    }

    private RuleSet with(RuleKind kind, List<PushRule> list) {
        var changed = new EnumMap<>(rules);
        changed.put(kind, List.copyOf(list));
        return new RuleSet(user, changed);
    }

    /// The rules of one kind from their stored form, among the server's as they are now.
    private List<PushRule> restored(RuleKind kind, List<JsonObject> stored) {
        var list = new ArrayList<>(rules(kind));
        int place = firstPlace(list);
        for (var json : stored) {
            var id = json.string("rule_id").orElse("");
            boolean enabled = json.bool("enabled").orElse(true);
            if (!PushRule.isDefault(id)) {
                checkId(id);
                if (indexOf(list, id) < 0) {
                    list.add(place++, PushRule.define(kind, id, json).enabled(enabled));
                }
                continue;
            }
            int at = indexOf(list, id);
            if (at >= 0) {
                var actions = Actions.parse(json.array("actions").orElse(JsonArray.EMPTY));
                list.set(at, list.get(at).enabled(enabled).acting(actions));
            }
        }
        return list;
    }

    private RuleSet checked() {
        long own = 0;
        for (var kind : RuleKind.values()) {
            own += rules(kind).stream().filter(rule -> !rule.isDefault()).count();
        }
        if (own > RULES_MAX) {
            throw new MatrixError.TooLarge("too many push rules").asException();
        }
        return this;
    }

    private static int place(List<PushRule> list, @Nullable String before, @Nullable String after) {
        if (before != null) {
            return indexOfOwn(list, before);
        }
        return after != null ? indexOfOwn(list, after) + 1 : firstPlace(list);
    }

    /// Behind the master rule.
    private static int firstPlace(List<PushRule> list) {
        return !list.isEmpty() && list.getFirst().id().equals(DefaultRules.MASTER) ? 1 : 0;
    }

    private static int indexOfOwn(List<PushRule> list, String id) {
        int at = indexOf(list, id);
        if (at < 0) {
            throw new MatrixError.InvalidParam("before/after rule not found").asException();
        }
        if (PushRule.isDefault(id)) {
            throw new MatrixError.InvalidParam("not beside a rule of the server").asException();
        }
        return at;
    }

    private static int indexOf(List<PushRule> list, String id) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    private static void checkId(String id) {
        boolean reserved = id.startsWith(".");
        boolean slashes = id.indexOf('/') >= 0 || id.indexOf('\\') >= 0;
        if (id.isEmpty() || id.length() > ID_LENGTH_MAX || reserved || slashes) {
            throw new MatrixError.InvalidParam("not a valid rule ID").asException();
        }
    }

    private static MatrixException notFound() {
        return new MatrixError.NotFound("The push rule was not found.").asException();
    }
}
