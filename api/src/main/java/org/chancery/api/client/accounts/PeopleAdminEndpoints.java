package org.chancery.api.client.accounts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Account;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.accounts.NameWords;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.homeserver.accounts.UserIndex;
import org.chancery.homeserver.sessions.Deactivation;
import org.chancery.homeserver.sessions.Device;
import org.chancery.homeserver.sessions.Restrictions;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Who has an account, and what administrators do about it beyond the spec: find people, see and
/// end their sessions, and close accounts. Administrators do none of this to each other.
public final class PeopleAdminEndpoints {
    private static final int PAGE_MAX = 500;
    private static final int PAGE_USUAL = 100;
    private static final String USERS = "/_chancery/admin/v1/users";
    private static final String ONE = USERS + "/{userId}";

    static final Endpoint LIST =
            Endpoint.get(USERS).auth(Auth.ADMIN).mayAnswer(MatrixError.InvalidParam.class);
    static final Endpoint FIND = judged(Endpoint.get(ONE));
    static final Endpoint CLOSE = judged(Endpoint.post(ONE + "/deactivate"));
    static final Endpoint DEVICES = judged(Endpoint.get(ONE + "/devices"));
    static final Endpoint SIGN_OUT = judged(Endpoint.delete(ONE + "/devices/{deviceId}"));

    private final AccountStore accounts;
    private final UserIndex names;
    private final Profiles profiles;
    private final Restrictions restrictions;
    private final Sessions sessions;
    private final Deactivation deactivation;

    private static Endpoint judged(Endpoint endpoint) {
        return endpoint.auth(Auth.ADMIN)
                .mayAnswer(
                        MatrixError.Forbidden.class,
                        MatrixError.InvalidParam.class,
                        MatrixError.NotFound.class);
    }

    public PeopleAdminEndpoints(
            AccountStore accounts,
            UserIndex names,
            Profiles profiles,
            Restrictions restrictions,
            Sessions sessions,
            Deactivation deactivation) {
        this.accounts = accounts;
        this.names = names;
        this.profiles = profiles;
        this.restrictions = restrictions;
        this.sessions = sessions;
        this.deactivation = deactivation;
    }

    public List<Route> routes() {
        return List.of(
                LIST.by(this::list),
                FIND.by(this::find),
                CLOSE.by(this::close),
                DEVICES.by(this::devices),
                SIGN_OUT.by(this::signOut));
    }

    private Response list(Request request) {
        int limit = Math.clamp(request.queryLong("limit").orElse(PAGE_USUAL), 1, PAGE_MAX);
        Optional<String> search = request.query("search");
        return search.isPresent()
                ? found(NameWords.of(search.get()), request, limit)
                : all(request.query("from").orElse(""), limit);
    }

    private Response all(String after, int limit) {
        List<Account> page = accounts.page(after, limit);
        JsonObject json = page(page).with("total", accounts.count());
        return Response.json(
                page.size() < limit
                        ? json
                        : json.with("next_batch", page.getLast().user().toString()));
    }

    /// Those of whom each word begins a word; here a page begins after so many.
    private Response found(List<String> words, Request request, int limit) {
        int after = Math.clamp(request.queryLong("from").orElse(0), 0, Integer.MAX_VALUE);
        List<UserId> users = words.isEmpty() ? List.of() : names.find(words, after, limit);
        JsonObject json =
                page(users.stream().flatMap(user -> accounts.find(user).stream()).toList());
        return Response.json(
                users.size() < limit
                        ? json
                        : json.with("next_batch", Long.toString((long) after + limit)));
    }

    private JsonObject page(List<Account> page) {
        return JsonObject.of("users", JsonArray.of(page.stream().map(this::json).toList()));
    }

    private JsonObject json(Account account) {
        JsonObject json =
                JsonObject.of("user_id", account.user().toString())
                        .with("admin", account.admin())
                        .with("locked", account.locked())
                        .with("suspended", account.suspended())
                        .with("deactivated", account.deactivated())
                        .with("created_at", account.createdTs());
        Optional<String> name =
                profiles.local(account.user()).flatMap(one -> one.string(Profiles.DISPLAYNAME));
        return name.isPresent() ? json.with("displayname", name.get()) : json;
    }

    private Response find(Request request) {
        return Response.json(
                json(accounts.find(user(request)).orElseThrow(PeopleAdminEndpoints::notFound)));
    }

    /// Closes an account as its owner could; what was written stays with those who received it.
    private Response close(Request request) {
        Session by = request.session();
        UserId user = user(request);
        if (by.user().equals(user)) {
            throw new MatrixError.Forbidden("Close your own account with your password")
                    .asException();
        }
        restrictions.account(by, user);
        deactivation.deactivate(user, false);
        return Response.ok();
    }

    private Response devices(Request request) {
        UserId user = user(request);
        if (accounts.find(user).isEmpty()) {
            throw notFound();
        }
        List<JsonObject> devices =
                sessions.devices(user).stream().map(PeopleAdminEndpoints::json).toList();
        return Response.json(JsonObject.of("devices", JsonArray.of(devices)));
    }

    private static JsonObject json(Device device) {
        JsonObject json = JsonObject.of("device_id", device.id().value());
        if (device.displayName() != null) {
            json = json.with("display_name", device.displayName());
        }
        OptionalLong seen = device.lastSeenTs();
        if (seen.isPresent()) {
            json = json.with("last_seen_ts", seen.getAsLong());
        }
        return device.lastSeenIp() == null ? json : json.with("last_seen_ip", device.lastSeenIp());
    }

    private Response signOut(Request request) {
        UserId user = user(request);
        restrictions.account(request.session(), user);
        DeviceId device = DeviceId.parse(request.path("deviceId"));
        sessions.remove(user, List.of(sessions.device(user, device).id()));
        return Response.ok();
    }

    private static UserId user(Request request) {
        return UserId.parse(request.path("userId"));
    }

    private static RuntimeException notFound() {
        return new MatrixError.NotFound("User not found").asException();
    }
}
