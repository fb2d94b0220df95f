package org.chancery.api.client.rooms;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.directory.UserDirectory;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Finding people (client-server API, "User directory").
public final class UserDirectoryEndpoints {
    static final Endpoint SEARCH =
            Endpoint.post("/_matrix/client/v3/user_directory/search")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(MatrixError.MissingParam.class, MatrixError.LimitExceeded.class);

    private static final int LIMIT_DEFAULT = 10;

    private final UserDirectory directory;

    public UserDirectoryEndpoints(UserDirectory directory) {
        this.directory = directory;
    }

    public List<Route> routes() {
        return List.of(SEARCH.by(this::search));
    }

    private Response search(Request request) {
        JsonObject body = request.json();
        String term = Fields.text(body, "search_term");
        long limit = Fields.wholeIfAny(body, "limit").orElse(LIMIT_DEFAULT);
        if (limit < 0) {
            throw new MatrixError.InvalidParam("limit is negative").asException();
        }
        UserDirectory.People people =
                directory.find(
                        request.session().user(),
                        term,
                        (int) Math.min(limit, UserDirectory.RESULTS_MAX));
        List<JsonObject> results =
                people.people().stream().map(UserDirectoryEndpoints::person).toList();
        return Response.json(
                JsonObject.of("results", JsonArray.of(results)).with("limited", people.limited()));
    }

    private static JsonObject person(UserDirectory.Person person) {
        JsonObject.Builder json = JsonObject.builder();
        json.put("user_id", person.user().toString());
        person.displayName().ifPresent(name -> json.put("display_name", name));
        person.avatarUrl().ifPresent(url -> json.put("avatar_url", url));
        return json.build();
    }
}
