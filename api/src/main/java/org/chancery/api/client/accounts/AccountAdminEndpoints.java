package org.chancery.api.client.accounts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Invitation;
import org.chancery.homeserver.accounts.Invitations;
import org.chancery.homeserver.sessions.PasswordChanges;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;

/// What administrators do for accounts and the spec does not know: invite, and make links by which
/// users set new passwords. A token is told once, as it is stored only as a hash.
public final class AccountAdminEndpoints {
    private static final int PAGE_MAX = 500;
    private static final int PAGE_USUAL = 100;
    private static final String INVITATIONS = "/_chancery/admin/v1/invitations";

    static final Endpoint INVITE =
            Endpoint.post(INVITATIONS).auth(Auth.ADMIN).mayAnswer(MatrixError.InvalidParam.class);
    static final Endpoint INVITED = Endpoint.get(INVITATIONS).auth(Auth.ADMIN);
    static final Endpoint REVOKE =
            Endpoint.delete(INVITATIONS + "/{id}")
                    .auth(Auth.ADMIN)
                    .mayAnswer(MatrixError.NotFound.class);
    static final Endpoint RESET_LINK =
            Endpoint.post("/_chancery/admin/v1/users/{userId}/password_reset")
                    .auth(Auth.ADMIN)
                    .mayAnswer(MatrixError.NotFound.class);

    private final Invitations invitations;
    private final PasswordChanges passwords;
    private final String baseUrl;

    /// @param baseUrl where people reach the web client, without a slash at its end
    public AccountAdminEndpoints(
            Invitations invitations, PasswordChanges passwords, String baseUrl) {
        this.invitations = invitations;
        this.passwords = passwords;
        this.baseUrl = baseUrl;
    }

    public List<Route> routes() {
        return List.of(
                INVITE.by(this::invite),
                INVITED.by(this::invited),
                REVOKE.by(this::revoke),
                RESET_LINK.by(this::resetLink));
    }

    private Response invite(Request request) {
        JsonObject body = request.jsonOrEmpty();
        OptionalLong uses = Fields.wholeIfAny(body, "uses_allowed");
        OptionalLong life = Fields.wholeIfAny(body, "expires_in_ms");
        Invitations.Made made =
                invitations.invite(
                        request.session().user(),
                        uses,
                        life.isPresent()
                                ? Optional.of(Duration.ofMillis(life.getAsLong()))
                                : Optional.empty());
        return Response.json(
                json(made.invitation())
                        .with("token", made.token())
                        .with("link", baseUrl + "/#/register?token=" + made.token()));
    }

    private static JsonObject json(Invitation invitation) {
        JsonObject json =
                JsonObject.of("id", invitation.id())
                        .with("created_at", invitation.createdTs())
                        .with("uses", invitation.uses());
        json = with(json, "uses_allowed", invitation.usesAllowed());
        json = with(json, "expires_at", invitation.expiresTs());
        return invitation.createdBy() == null
                ? json
                : json.with("created_by", invitation.createdBy());
    }

    private static JsonObject with(JsonObject json, String name, OptionalLong value) {
        return value.isPresent()
                ? json.with(name, value.getAsLong())
                : json.with(name, JsonNull.NULL);
    }

    private Response invited(Request request) {
        int limit = limit(request);
        List<Invitation> page = invitations.page(request.query("from").orElse(""), limit);
        JsonObject json =
                JsonObject.of(
                        "invitations",
                        JsonArray.of(page.stream().map(AccountAdminEndpoints::json).toList()));
        return Response.json(
                page.size() < limit ? json : json.with("next_batch", page.getLast().id()));
    }

    private static int limit(Request request) {
        return Math.clamp(request.queryLong("limit").orElse(PAGE_USUAL), 1, PAGE_MAX);
    }

    private Response revoke(Request request) {
        invitations.revoke(request.path("id"));
        return Response.ok();
    }

    private Response resetLink(Request request) {
        UserId user = UserId.parse(request.path("userId"));
        PasswordChanges.Link link = passwords.makeLink(request.session().user(), user);
        return Response.json(
                JsonObject.of("token", link.token())
                        .with("link", baseUrl + "/#/reset?token=" + link.token())
                        .with("expires_at", link.expiresTs()));
    }
}
