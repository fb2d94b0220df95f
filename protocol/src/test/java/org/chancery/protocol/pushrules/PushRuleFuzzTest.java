package org.chancery.protocol.pushrules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.chancery.protocol.Mutations;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class PushRuleFuzzTest {
    private static final UserId ALICE = UserId.parse("@alice:a");
    private static final RuleSet DEFAULTS = RuleSet.defaults(ALICE);
    private static final List<String> SEEDS =
            List.of(
                    """
                    {"actions":["notify",{"set_tweak":"sound","value":"x"},
                    {"set_tweak":"highlight"}],
                    "pattern":"c?ke*","conditions":[{"kind":"event_match","key":"content.body",
                    "pattern":"*x?"},{"kind":"room_member_count","is":">=2"},
                    {"kind":"event_property_is","key":"content.m\\.x","value":null},
                    {"kind":"event_property_contains","key":"a.b","value":1},
                    {"kind":"contains_display_name"},
                    {"kind":"sender_notification_permission","key":"room"}]}""",
                    """
                    {"global":{"override":[{"rule_id":".m.rule.master","enabled":true,"actions":[]},
                    {"rule_id":"x","actions":["dont_notify"],"conditions":[{"kind":"y"}]}],
                    "content":[{"rule_id":"z","pattern":"p","actions":[]}]}}""");

    @FuzzTest
    void parse(byte[] bytes) {
        usableOrRefused(bytes);
    }

    @Test
    void rules_that_are_almost_right_are_taken_or_refused() {
        Mutations.of(SEEDS, 10_000, PushRuleFuzzTest::usableOrRefused);
    }

    private static void usableOrRefused(byte[] bytes) {
        JsonObject json;
        try {
            json = Json.parseObject(bytes);
        } catch (MalformedJson refused) {
            return;
        }
        for (var kind : RuleKind.values()) {
            taken(() -> DEFAULTS.put(kind, "fuzz", json, null, null))
                    .ifPresent(set -> check(set, json));
        }
        taken(() -> RuleSet.parse(json, ALICE)).ifPresent(set -> check(set, json));
    }

    private static Optional<RuleSet> taken(Supplier<RuleSet> change) {
        try {
            return Optional.of(change.get());
        } catch (MatrixException refused) {
            return Optional.empty();
        }
    }

    /// A set that was taken evaluates anything, and comes back from its own JSON.
    private static void check(RuleSet set, JsonObject event) {
        set.evaluate(new PushedEvent(event, 2, 0, event), "Alice");

        assertEquals(set.json(), RuleSet.parse(set.json(), ALICE).json());
    }
}
