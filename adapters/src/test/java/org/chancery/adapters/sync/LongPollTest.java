package org.chancery.adapters.sync;

import static org.chancery.adapters.sync.House.ALICE;
import static org.chancery.adapters.sync.House.BOB;
import static org.chancery.adapters.sync.House.CAROL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Waiting for news (client-server API, "Syncing", `timeout`).
@Timeout(60)
class LongPollTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private House house;

    @BeforeEach
    void open(@TempDir Path folder) {
        house = new House(folder);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private static FutureTask<SyncAnswer> start(Callable<SyncAnswer> sync) {
        FutureTask<SyncAnswer> task = new FutureTask<>(sync);
        Thread.ofVirtual().start(task);
        return task;
    }

    @Test
    void a_waiting_client_is_told_at_once_whenever_the_news_comes()
            throws InterruptedException, ExecutionException {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();
        for (int i = 0; i < 100; i++) {
            String body = "m" + i;
            FutureTask<SyncAnswer> waiting = start(() -> alice.await(LONG));
            house.say(BOB, room, body);

            var told = Told.joined(waiting.get(), room).orElseThrow();

            assertEquals(List.of(body), Told.bodies(told.timeline()));
        }
    }

    @Test
    void an_invitation_wakes_the_invited() throws InterruptedException, ExecutionException {
        RoomId room = house.room(ALICE);
        Client bob = house.client(BOB);
        bob.sync();
        FutureTask<SyncAnswer> waiting = start(() -> bob.await(LONG));

        house.memberships.invite(ALICE, BOB, room, JsonObject.EMPTY);

        assertTrue(Told.invited(waiting.get(), room).isPresent());
    }

    @Test
    void a_letter_new_keys_and_typing_wake() throws InterruptedException, ExecutionException {
        RoomId room = house.room(ALICE, BOB);
        Client alice = house.client(ALICE);
        alice.sync();

        FutureTask<SyncAnswer> letter = start(() -> alice.await(LONG));
        house.letter(BOB, ALICE, "m.dummy");
        assertEquals(1, letter.get().toDevice().size());

        FutureTask<SyncAnswer> keys = start(() -> alice.await(LONG));
        house.newKeys(BOB);
        assertFalse(keys.get().deviceLists().changed().isEmpty());

        FutureTask<SyncAnswer> typing = start(() -> alice.await(LONG));
        house.typing.start(BOB, room, Duration.ofSeconds(5));
        assertEquals(
                List.of(BOB), Told.joined(typing.get(), room).orElseThrow().typing().orElseThrow());
    }

    @Test
    void what_concerns_others_does_not_end_the_wait()
            throws InterruptedException, ExecutionException {
        RoomId room = house.room(ALICE, BOB);
        RoomId theirs = house.room(BOB, CAROL);
        Client alice = house.client(ALICE);
        alice.sync();
        FutureTask<SyncAnswer> waiting = start(() -> alice.await(LONG));

        house.say(CAROL, theirs, "not for you");
        house.say(BOB, room, "for you");

        assertEquals(1, waiting.get().rooms().joined().size());
    }

    @Test
    void when_the_time_is_over_the_answer_is_empty_but_for_the_counts() {
        Client alice = house.client(ALICE);
        alice.sync();

        SyncAnswer answer = alice.await(Duration.ofMillis(20));

        assertTrue(answer.rooms().isEmpty());
        assertTrue(answer.keys().oneTimeCounts().has("signed_curve25519"));
    }

    @Test
    void a_stop_sends_those_away_who_wait() throws InterruptedException, ExecutionException {
        Client alice = house.client(ALICE);
        alice.sync();
        FutureTask<SyncAnswer> waiting = start(() -> alice.await(LONG));

        house.sync.close();

        assertTrue(waiting.get().rooms().isEmpty());
    }
}
