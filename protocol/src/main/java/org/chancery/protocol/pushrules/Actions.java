package org.chancery.protocol.pushrules;

import java.util.ArrayList;
import java.util.Set;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// What happens to an event that a rule matches (Client-Server API, "Actions").
public final class Actions {
    /// Nothing happens.
    public static final Actions NONE = new Actions(JsonArray.EMPTY);

    private static final int COUNT_MAX = 20;
    private static final String NOTIFY = "notify";
    private static final String SET_TWEAK = "set_tweak";

    /// Actions of old that are to be ignored.
    private static final Set<String> HISTORICAL = Set.of("dont_notify", "coalesce");

    private final JsonArray json;
    private final boolean notify;
    private final JsonObject tweaks;

    private Actions(JsonArray json) {
        this.json = json;
        this.notify = json.strings().contains(NOTIFY);
        var builder = JsonObject.builder();
        for (var action : json.objects()) {
            var name = action.string(SET_TWEAK).orElseThrow();
            var value = action.get("value");
            if (value == null && name.equals("highlight")) {
                value = JsonBoolean.TRUE;
            }
            if (value != null) {
                builder.put(name, value);
            }
        }
        this.tweaks = builder.build();
    }

    /// Reads the list that a client sends or that is stored; refuses what is no action.
    static Actions parse(JsonArray list) {
        if (list.size() > COUNT_MAX) {
            throw new MatrixError.BadJson("too many actions").asException();
        }
        var kept = new ArrayList<JsonValue>();
        for (var action : list) {
            if (action instanceof JsonString(var name) && HISTORICAL.contains(name)) {
                continue;
            }
            if (!isAction(action)) {
                throw new MatrixError.BadJson("unrecognised action").asException();
            }
            kept.add(action);
        }
        return new Actions(JsonArray.of(kept));
    }

    /// The list as the API shows it.
    public JsonArray json() {
        return json;
    }

    /// Whether the user is notified.
    public boolean notifies() {
        return notify;
    }

    /// Whether the event is to stand out.
    public boolean highlights() {
        return tweaks.isTrue("highlight");
    }

    /// The tweaks by name, as a push gateway gets them.
    public JsonObject tweaks() {
        return tweaks;
    }

    @Override
    public String toString() {
        return json.toString();
    }

    private static boolean isAction(JsonValue action) {
        return switch (action) {
            case JsonString(var name) -> name.equals(NOTIFY);
            case JsonObject object -> object.string(SET_TWEAK).isPresent();
            default -> false;
        };
    }
}
