package org.chancery.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.chancery.homeserver.kernel.BatchStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.push.Notice;
import org.chancery.homeserver.push.Pusher;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.homeserver.push.PusherStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every store of pushers promises. Each engine runs it whole.
public abstract class PusherContract {
    private static final UserId ALICE = UserId.parse("@alice:example.org");
    private static final UserId BOB = UserId.parse("@bob:example.org");

    private Opened opened;
    private Journal journal;

    /// A store as a process opens it.
    public record Opened(BatchStore batches, PusherStore pushers, AutoCloseable closing) {}

    /// Opens the store of this test.
    protected abstract Opened open();

    /// The store is made in [#enter], before each test.
    @SuppressWarnings("NullAway.Init")
    protected PusherContract() {}

    @BeforeEach
    final void enter() {
        opened = open();
        journal = new Journal(opened.batches(), new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
    }

    @AfterEach
    final void leave() throws Exception {
        journal.close();
        opened.closing().close();
    }

    private void write(Consumer<Tx> change) {
        journal.commit(
                Changes.of(
                        tx -> {
                            change.accept(tx);
                            return true;
                        }));
    }

    private PusherStore store() {
        return opened.pushers();
    }

    private static Pusher pusher(String id, UserId user, String device, String pushkey) {
        return new Pusher(
                id,
                user,
                DeviceId.parse(device),
                Kind.HTTP,
                new Pusher.Key("app", pushkey),
                new Pusher.Label("App", "Phone", Optional.of("tag"), "nl"),
                JsonObject.of("url", "https://a.example.org/x").with("n", 7),
                new Pusher.Standing(1_000, 5, false));
    }

    private static Notice notice(String pusher, long position) {
        return new Notice(pusher, position, JsonObject.of("sound", "ping"), position * 10);
    }

    @Test
    void a_pusher_is_read_as_it_was_written_and_changes_under_its_id() {
        Pusher first = pusher("1", ALICE, "PHONE", "key");
        Pusher named =
                new Pusher(
                        "1",
                        ALICE,
                        DeviceId.parse("DESK"),
                        Kind.HTTP,
                        first.key(),
                        new Pusher.Label("Other", "Desk", Optional.empty(), "en"),
                        first.data(),
                        new Pusher.Standing(1_000, 9, true));

        write(tx -> store().put(tx, first));
        assertEquals(List.of(first), store().of(ALICE));
        write(tx -> store().put(tx, named));

        assertEquals(List.of(named), store().of(ALICE));
        assertEquals(List.of(ALICE), store().owners());
        assertEquals(List.of(), store().of(BOB));
    }

    @Test
    void pushers_go_with_their_session_and_with_all_they_were_to_be_told() {
        write(
                tx -> {
                    store().put(tx, pusher("1", ALICE, "PHONE", "one"));
                    store().put(tx, pusher("2", ALICE, "DESK", "two"));
                    store().put(tx, pusher("3", BOB, "PHONE", "one"));
                    store().add(tx, notice("1", 6), 10);
                    assertEquals(
                            List.of("3"),
                            store().ofOthers(tx, new Pusher.Key("app", "one"), ALICE).stream()
                                    .map(Pusher::id)
                                    .toList());
                });

        write(tx -> store().deleteOf(tx, ALICE, DeviceId.parse("PHONE")));

        assertEquals(List.of("2"), store().of(ALICE).stream().map(Pusher::id).toList());
        assertEquals(1, store().of(BOB).size());
        assertEquals(List.of(), store().notices("1", 10));
        write(tx -> store().add(tx, notice("1", 7), 10));
        assertEquals(List.of(), store().notices("1", 10));
    }

    @Test
    void the_oldest_notices_are_forgotten_and_none_stands_twice() {
        write(tx -> store().put(tx, pusher("1", ALICE, "PHONE", "one")));

        for (long position : new long[] {6, 7, 8, 8, 9}) {
            write(tx -> store().add(tx, notice("1", position), 3));
        }

        assertEquals(
                List.of(notice("1", 7), notice("1", 8), notice("1", 9)), store().notices("1", 10));
        assertEquals(List.of(notice("1", 7)), store().notices("1", 1));
        write(tx -> store().told(tx, notice("1", 7)));
        assertEquals(List.of(notice("1", 8), notice("1", 9)), store().notices("1", 10));
    }

    @Test
    void who_waits_longest_is_due_first_and_who_failed_later() {
        write(
                tx -> {
                    store().put(tx, pusher("1", ALICE, "PHONE", "one"));
                    store().put(tx, pusher("2", BOB, "PHONE", "two"));
                    store().put(tx, pusher("3", BOB, "PHONE", "three"));
                    store().add(tx, notice("1", 9), 10);
                    store().add(tx, notice("2", 8), 10);
                });

        assertEquals(List.of("2", "1"), due(0));
        assertEquals(OptionalLong.empty(), store().nextTry(0));
        write(tx -> store().tried(tx, "2", 3, 500));

        assertEquals(List.of("1"), due(499));
        assertEquals(OptionalLong.of(500), store().nextTry(499));
        assertEquals(List.of("2", "1"), due(500));
        assertEquals(3, store().due(500, 10).getFirst().failures());
        assertEquals(1, store().due(500, 1).size());
    }

    private List<String> due(long now) {
        return store().due(now, 10).stream().map(it -> it.pusher().id()).toList();
    }

    @Test
    void a_token_belongs_to_its_pusher() {
        var token = new PusherStore.Token("secret", 77);
        write(
                tx -> {
                    store().put(tx, pusher("1", ALICE, "PHONE", "one"));
                    store().put(tx, pusher("2", ALICE, "PHONE", "two"));
                    store().token(tx, "1", token);
                });

        write(
                tx -> {
                    assertEquals(Optional.of(token), store().token(tx, "1"));
                    assertTrue(store().token(tx, "2").isEmpty());
                });
    }
}
