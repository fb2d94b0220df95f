package org.chancery.api.client;

import java.util.List;
import java.util.function.UnaryOperator;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.push.PushRules;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.pushrules.PushRule;
import org.chancery.protocol.pushrules.RuleKind;
import org.chancery.protocol.pushrules.RuleSet;

/// The rules by which users are notified (client-server API, "Push Rules: API").
public final class PushRuleEndpoints {
    private static final String ALL = "/_matrix/client/v3/pushrules/";
    private static final String RULE = ALL + "global/{kind}/{ruleId}";

    static final Endpoint GET_ALL = Endpoint.get(ALL).aliases("/_matrix/client/v3/pushrules");
    static final Endpoint GET_GLOBAL =
            Endpoint.get(ALL + "global/").aliases("/_matrix/client/v3/pushrules/global");
    static final Endpoint GET_RULE = Endpoint.get(RULE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_RULE =
            Endpoint.put(RULE)
                    .mayAnswer(MatrixError.InvalidParam.class, MatrixError.MissingParam.class);
    static final Endpoint DELETE_RULE = Endpoint.delete(RULE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint GET_ENABLED =
            Endpoint.get(RULE + "/enabled").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_ENABLED =
            Endpoint.put(RULE + "/enabled").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint GET_ACTIONS =
            Endpoint.get(RULE + "/actions").mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT_ACTIONS =
            Endpoint.put(RULE + "/actions").mayAnswer(MatrixError.NotFound.class);

    private final PushRules rules;

    public PushRuleEndpoints(PushRules rules) {
        this.rules = rules;
    }

    public List<Route> routes() {
        return List.of(
                GET_ALL.by(request -> Response.json(of(request).json())),
                GET_GLOBAL.by(request -> Response.json(of(request).global())),
                GET_RULE.by(request -> Response.json(rule(request).json())),
                PUT_RULE.by(this::put),
                DELETE_RULE.by(this::delete),
                GET_ENABLED.by(this::enabled),
                PUT_ENABLED.by(this::enable),
                GET_ACTIONS.by(this::actions),
                PUT_ACTIONS.by(this::act));
    }

    private RuleSet of(Request request) {
        return rules.of(request.session().user());
    }

    private PushRule rule(Request request) {
        return of(request)
                .rule(kind(request), request.path("ruleId"))
                .orElseThrow(
                        () ->
                                new MatrixError.NotFound("The push rule was not found.")
                                        .asException());
    }

    private Response put(Request request) {
        RuleKind kind = kind(request);
        String id = request.path("ruleId");
        JsonObject body = request.json();
        String before = request.query("before").orElse(null);
        String after = request.query("after").orElse(null);
        return change(request, set -> set.put(kind, id, body, before, after));
    }

    private Response delete(Request request) {
        RuleKind kind = kind(request);
        return change(request, set -> set.delete(kind, request.path("ruleId")));
    }

    private Response enabled(Request request) {
        return Response.json(JsonObject.EMPTY.with("enabled", rule(request).isEnabled()));
    }

    private Response enable(Request request) {
        RuleKind kind = kind(request);
        String id = request.path("ruleId");
        boolean enabled =
                request.json().bool("enabled").orElseThrow(() -> Fields.missing("enabled"));
        return change(request, set -> set.setEnabled(kind, id, enabled));
    }

    private Response actions(Request request) {
        return Response.json(JsonObject.of("actions", rule(request).actions().json()));
    }

    private Response act(Request request) {
        RuleKind kind = kind(request);
        String id = request.path("ruleId");
        JsonArray actions =
                request.json().array("actions").orElseThrow(() -> Fields.missing("actions"));
        return change(request, set -> set.setActions(kind, id, actions));
    }

    private Response change(Request request, UnaryOperator<RuleSet> edit) {
        rules.change(request.session().user(), edit);
        return Response.ok();
    }

    private static RuleKind kind(Request request) {
        return RuleKind.of(request.path("kind"))
                .orElseThrow(
                        () ->
                                new MatrixError.InvalidParam("There is no such kind of push rules")
                                        .asException());
    }
}
