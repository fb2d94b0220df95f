package org.chancery.homeserver.e2ee;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Sends messages to devices (client-server API, "Send-to-Device messaging"). Each goes to a device
/// that exists when it is written; a device that is not known is passed over.
public final class ToDevice {
    /// Size of one message's content. A larger one could not be sent on to other servers.
    static final int CONTENT_BYTES_MAX = 65_536;

    private static final int TYPE_LENGTH_MAX = 255;
    private static final int TRANSACTION_LENGTH_MAX = 255;
    private static final long WRITTEN_BYTES_MAX = 32L * 1024 * 1024;
    private static final String ALL_DEVICES = "*";
    private static final Duration TRANSACTION_REMEMBERED = Duration.ofDays(1);

    /// What a device sends.
    ///
    /// @param byUser contents by user and by device ID or `*`
    public record Sending(
            UserId sender,
            DeviceId device,
            String type,
            String transactionId,
            Map<UserId, Map<String, JsonObject>> byUser) {

        /// Reads the body of a request.
        public static Sending parse(
                UserId sender, DeviceId device, String type, String txn, JsonObject body) {
            if (type.length() > TYPE_LENGTH_MAX || txn.length() > TRANSACTION_LENGTH_MAX) {
                throw new MatrixError.InvalidParam("the event type or transaction ID is too long")
                        .asException();
            }
            Map<UserId, Map<String, JsonObject>> byUser = new LinkedHashMap<>();
            for (JsonObject.Member user : Shape.object(body, "messages").entries()) {
                Map<String, JsonObject> byDevice = new LinkedHashMap<>();
                JsonObject devices = Shape.asObject(user.value(), "the messages to a user");
                for (JsonObject.Member each : devices.entries()) {
                    byDevice.put(each.name(), content(each));
                }
                byUser.put(UserId.parse(user.name()), byDevice);
            }
            return new Sending(sender, device, type, txn, byUser);
        }

        private static JsonObject content(JsonObject.Member member) {
            JsonObject content = Shape.asObject(member.value(), "a message");
            if (content.bytes().length > CONTENT_BYTES_MAX) {
                throw new MatrixError.TooLarge("a message is too large").asException();
            }
            return content;
        }
    }

    private record Written(UserId user, DeviceId device) {}

    private final ServerName own;
    private final Journal journal;
    private final ToDeviceStore store;
    private final ToDeviceInbox inbox;
    private final DeviceDirectory devices;
    private final KeptInboxes kept;
    private final InstantSource clock;

    /// @param kept the mailboxes that no client empties
    public ToDevice(
            ServerName own,
            Journal journal,
            ToDeviceStore store,
            ToDeviceInbox inbox,
            DeviceDirectory devices,
            KeptInboxes kept,
            InstantSource clock) {
        this.own = own;
        this.kept = kept;
        this.journal = journal;
        this.store = store;
        this.inbox = inbox;
        this.devices = devices;
        this.clock = clock;
    }

    /// Puts the messages into the mailboxes; returns when they are durable. The same transaction of
    /// the same device once more does nothing.
    public void send(Sending sending) {
        journal.commit(new Send(sending, clock.millis()));
    }

    private record Letter(UserId user, DeviceId device, JsonObject content) {}

    private final class Send implements Change<List<Written>> {
        private final Sending sending;
        private final long now;

        Send(Sending sending, long now) {
            this.sending = sending;
            this.now = now;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public List<Written> apply(Tx tx, long first) {
            List<Letter> letters = letters(tx);
            var transaction =
                    new ToDeviceStore.Transaction(
                            sending.sender(),
                            sending.device(),
                            sending.type(),
                            sending.transactionId());
            long forgetBefore = now - TRANSACTION_REMEMBERED.toMillis();
            if (!store.insertTransaction(tx, transaction, now, forgetBefore)) {
                return List.of();
            }
            List<Written> written = new ArrayList<>(letters.size());
            for (Letter letter : letters) {
                var message =
                        new ToDeviceMessage(
                                first, sending.sender(), sending.type(), letter.content());
                store.insert(tx, letter.user(), letter.device(), message);
                written.add(new Written(letter.user(), letter.device()));
            }
            sending.byUser()
                    .forEach(
                            (user, byDevice) -> {
                                if (kept.keeps(user)) {
                                    kept.keep(tx, first, sending, user, byDevice);
                                }
                            });
            return written;
        }

        /// One letter at most for each device: what names it goes before what is for all.
        private List<Letter> letters(Tx tx) {
            List<Letter> letters = new ArrayList<>();
            long bytes = 0;
            for (var user : sending.byUser().entrySet()) {
                if (!user.getKey().server().equals(own) || kept.keeps(user.getKey())) {
                    continue;
                }
                Map<String, JsonObject> byDevice = user.getValue();
                for (DeviceId device : devices.devices(tx, user.getKey())) {
                    JsonObject content =
                            byDevice.getOrDefault(device.value(), byDevice.get(ALL_DEVICES));
                    if (content != null) {
                        letters.add(new Letter(user.getKey(), device, content));
                        bytes += content.bytes().length;
                    }
                }
            }
            if (bytes > WRITTEN_BYTES_MAX) {
                throw new MatrixError.TooLarge("the messages are too large").asException();
            }
            return letters;
        }

        @Override
        public List<Touch> touches(List<Written> written) {
            Set<UserId> users = new HashSet<>();
            for (Written each : written) {
                inbox.forget(each.user(), each.device());
                users.add(each.user());
            }
            return List.of(new Touch(users, Stream.TO_DEVICE, null));
        }
    }
}
