package org.chancery.adapters.jdbc.media;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.chancery.adapters.blobs.DiskBlobs;
import org.chancery.adapters.jdbc.Database;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.homeserver.media.Media;
import org.chancery.homeserver.media.Reservation;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.testkit.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ReservedMediaTest {
    private static final UserId ALICE = UserId.parse("@alice:example.org");
    private static final int RESERVATIONS_MAX = 50;

    @TempDir Path folder;
    private final ManualClock clock = ManualClock.standing();
    private Database database;
    private Journal journal;
    private Media media;

    @BeforeEach
    void open() throws IOException {
        database = Database.sqlite(folder.resolve("media.db"));
        journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        media =
                new Media(
                        new JdbcMediaStore(database),
                        new DiskBlobs(folder.resolve("blobs")),
                        journal,
                        new Secrets(new SecureRandom()),
                        clock);
    }

    @AfterEach
    void close() {
        journal.close();
        database.close();
    }

    @Test
    void an_address_waits_a_day_for_its_file() throws IOException {
        Reservation used = media.reserve(ALICE);
        Reservation missed = media.reserve(ALICE);

        clock.pass(Duration.ofHours(24).minusMillis(1));
        upload(used);
        clock.pass(Duration.ofMillis(1));

        assertEquals("M_NOT_FOUND", refusal(() -> upload(missed)));
        assertEquals("M_NOT_FOUND", refusal(() -> media.await(missed.id(), Duration.ZERO)));
        assertEquals(used.id(), media.await(used.id(), Duration.ZERO).id());
    }

    @Test
    void what_is_over_or_used_makes_room_for_more() throws IOException {
        for (int i = 0; i < RESERVATIONS_MAX; i++) {
            media.reserve(ALICE);
        }

        assertEquals("M_LIMIT_EXCEEDED", refusal(() -> media.reserve(ALICE)));
        clock.pass(Duration.ofHours(24));
        upload(media.reserve(ALICE));

        for (int i = 0; i < RESERVATIONS_MAX; i++) {
            media.reserve(ALICE);
        }
    }

    @Test
    void nobody_waits_for_a_file_when_the_server_stops() {
        Reservation reservation = media.reserve(ALICE);

        media.close();

        Executable waiting = () -> media.await(reservation.id(), Duration.ofSeconds(20));
        assertEquals(
                "M_NOT_YET_UPLOADED",
                assertTimeoutPreemptively(Duration.ofSeconds(10), () -> refusal(waiting)));
    }

    private void upload(Reservation to) throws IOException {
        var bytes = new ByteArrayInputStream("file".getBytes(UTF_8));
        media.uploadTo(to.id(), ALICE, "text/plain", Optional.empty(), bytes);
    }

    private static String refusal(Executable act) {
        return assertThrows(MatrixException.class, act).error().errcode();
    }
}
