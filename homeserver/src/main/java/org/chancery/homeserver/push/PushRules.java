package org.chancery.homeserver.push;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.pushrules.RuleSet;

/// The push rules of users (client-server API, "Push Rules"). They are the account data
/// `m.push_rules`, which only this class writes; a user without any has the server's own.
public final class PushRules {
    public static final String TYPE = "m.push_rules";

    private static final int USERS_MAX = 50_000;

    private record Parsed(JsonObject stored, RuleSet rules) {}

    private final AccountData data;
    private final Cache<UserId, Parsed> parsed =
            Caffeine.newBuilder().maximumSize(USERS_MAX).build();

    public PushRules(AccountData data) {
        this.data = data;
    }

    /// The user's rules.
    public RuleSet of(UserId user) {
        JsonObject stored = data.get(user, Optional.empty(), TYPE).orElse(JsonObject.EMPTY);
        Parsed known = parsed.getIfPresent(user);
        if (known != null && known.stored.equals(stored)) {
            return known.rules;
        }
        RuleSet rules = RuleSet.parse(stored, user);
        parsed.put(user, new Parsed(stored, rules));
        return rules;
    }

    /// Changes the user's rules; returns when that is durable.
    ///
    /// @param edit gives the new rules or throws a `MatrixException`
    public void change(UserId user, UnaryOperator<RuleSet> edit) {
        data.update(
                user,
                Optional.empty(),
                TYPE,
                stored -> edit.apply(RuleSet.parse(stored, user)).json());
    }
}
