package org.chancery.adapters.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Optional;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.homeserver.sync.SyncRequest;
import org.chancery.homeserver.sync.SyncService;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;

/// Somebody's phone. Each sync is asked of two services, one that has the index of what changed and
/// one that must ask the store; they must agree.
final class Client {
    private final House house;
    private final UserId user;
    private Filter filter = Filter.ALL;
    private boolean stateAfter;
    private boolean compared = true;
    private Optional<SyncToken> since = Optional.empty();

    Client(House house, UserId user) {
        this.house = house;
        this.user = user;
    }

    /// Uses this filter, written as JSON with single quotes.
    Client filter(String json) {
        filter =
                Filter.parse(
                        Json.parseObject(
                                json.replace('\'', '"')
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        compared = !json.contains("lazy_load_members");
        return this;
    }

    Client stateAfter() {
        stateAfter = true;
        return this;
    }

    Optional<SyncToken> since() {
        return since;
    }

    /// Comes back with an older token.
    void rewind(Optional<SyncToken> token) {
        since = token;
    }

    /// Syncs on from where the last one ended.
    SyncAnswer sync() {
        SyncAnswer answer = ask(house.sync, request(Duration.ZERO, false));
        if (compared) {
            SyncAnswer cold = ask(house.forgetful(), request(Duration.ZERO, false));
            assertEquals(Told.of(cold), Told.of(answer), "with and without the index");
        }
        since = Optional.of(answer.nextBatch());
        return answer;
    }

    SyncAnswer fullState() {
        SyncAnswer answer = ask(house.sync, request(Duration.ZERO, true));
        since = Optional.of(answer.nextBatch());
        return answer;
    }

    /// Asks a service that remembers nothing, and stays where it is.
    SyncAnswer coldSync() {
        return ask(house.forgetful(), request(Duration.ZERO, false));
    }

    /// Syncs and waits for news.
    SyncAnswer await(Duration timeout) {
        SyncAnswer answer = ask(house.sync, request(timeout, false));
        since = Optional.of(answer.nextBatch());
        return answer;
    }

    /// Syncs, and gives the joined room of the answer.
    JoinedRoom room(RoomId room) {
        return Told.joined(sync(), room).orElseThrow();
    }

    private SyncRequest request(Duration timeout, boolean fullState) {
        return new SyncRequest(
                user, House.PHONE, since, filter, fullState, stateAfter, timeout, "offline");
    }

    private static SyncAnswer ask(SyncService service, SyncRequest request) {
        return service.sync(request);
    }
}
