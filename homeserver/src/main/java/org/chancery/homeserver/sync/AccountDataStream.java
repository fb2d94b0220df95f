package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.push.PushRules;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The user's account data (client-server API, "Client Config"): all of it at first, then what
/// changed; and that of a room whenever the room is new to the client.
final class AccountDataStream {
    private final AccountData data;
    private final PushRules pushRules;

    AccountDataStream(AccountData data, PushRules pushRules) {
        this.data = data;
        this.pushRules = pushRules;
    }

    /// What there is to tell, of the user and of all rooms together.
    List<AccountDatum> read(Span span) {
        if (span.isInitial() || span.request().fullState()) {
            return withPushRules(span.user(), data.all(span.user(), span.position()));
        }
        return span.mayHave(Stream.ACCOUNT_DATA) || span.mayHave(Stream.ROOM_ACCOUNT_DATA)
                ? data.changed(span.user(), span.after(), span.position())
                : List.of();
    }

    /// All push rules, those of the server among them, as some clients read them nowhere else.
    private List<AccountDatum> withPushRules(UserId user, List<AccountDatum> read) {
        List<AccountDatum> all = new ArrayList<>();
        long position = 0;
        for (AccountDatum datum : read) {
            if (datum.room().isEmpty() && datum.type().equals(PushRules.TYPE)) {
                position = datum.position();
            } else {
                all.add(datum);
            }
        }
        all.add(
                new AccountDatum(
                        Optional.empty(), PushRules.TYPE, pushRules.of(user).json(), position));
        return all;
    }

    /// The rooms of which there is something to tell.
    static Set<RoomId> touched(List<AccountDatum> read) {
        Set<RoomId> touched = new HashSet<>();
        read.forEach(datum -> datum.room().ifPresent(touched::add));
        return touched;
    }

    /// What belongs to no room.
    static List<AccountDatum> global(Span span, List<AccountDatum> read) {
        return read.stream()
                .filter(datum -> datum.room().isEmpty())
                .filter(datum -> span.filter().accountData().acceptsType(datum.type()))
                .toList();
    }

    /// What belongs to a room. A room that is new to the client is told of in full.
    List<AccountDatum> of(Span span, Stay stay, List<AccountDatum> read) {
        List<AccountDatum> all = new ArrayList<>();
        boolean isNewlyJoined = stay.isNew() && !span.isInitial();
        List<AccountDatum> source = isNewlyJoined ? data.all(span.user(), span.position()) : read;
        Optional<RoomId> room = Optional.of(stay.room().id());
        for (AccountDatum datum : source) {
            if (datum.room().equals(room)
                    && span.filter().room().accountData().acceptsType(datum.type())) {
                all.add(datum);
            }
        }
        return all;
    }
}
