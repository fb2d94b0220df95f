package org.chancery.governance.records;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.e2ee.DeviceListStore;
import org.chancery.homeserver.events.Follower;
import org.chancery.homeserver.events.LogFeed;
import org.chancery.homeserver.events.Logged;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.RoomScope;
import org.chancery.homeserver.events.UserMemberships;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;

/// Follows the changes of devices and keys of members of record rooms, see [MemberKeys]. Who joins
/// is looked at then. Changes of one member that come within a tenth of a second may be one.
public final class KeyChanges implements Follower<KeyChanges.Changed>, Ingest.Watcher {
    /// As what it follows the log.
    public static final String NAME = "records-keys";

    /// Of the pieces at one position the first is an event's; behind it those of members who join,
    /// and then those of members who are there.
    private static final int JOINED_PART = 1 << 16;

    private static final int CHANGED_PART = 1 << 17;

    private final RecordScope rooms;
    private final DeviceListStore lists;
    private final UserMemberships memberships;
    private final MemberKeys keys;

    /// A member of a record room whose keys may have changed.
    public record Changed(long position, RoomRef room, UserId user) implements Logged {}

    public KeyChanges(
            RecordScope rooms,
            DeviceListStore lists,
            UserMemberships memberships,
            MemberKeys keys) {
        this.rooms = rooms;
        this.lists = lists;
        this.memberships = memberships;
        this.keys = keys;
    }

    /// What it follows: all that changed since the last look, as of its end.
    public LogFeed<Changed> feed() {
        return (after, upTo, _) ->
                new LogFeed.Portion<>(rooms.isEmpty() ? List.of() : changed(after, upTo), upTo);
    }

    private List<Changed> changed(long after, long upTo) {
        List<Changed> changed = new ArrayList<>();
        for (UserId user : lists.changed(after, upTo)) {
            for (RoomMembership membership : memberships.at(user, upTo).values()) {
                if (membership.isJoined()
                        && rooms.contains(membership.room().id())
                        && rooms.roomOf(user).isEmpty()) {
                    changed.add(new Changed(upTo, membership.room(), user));
                }
            }
        }
        return changed;
    }

    /// The rooms that it is handed.
    public RoomScope scope() {
        return room -> rooms.contains(room.id());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<Derived> follow(List<Changed> batch) {
        return Optional.of(
                tx -> {
                    int part = CHANGED_PART;
                    for (Changed each : batch) {
                        long id = Place.id(each.position(), part);
                        part += keys.look(tx, each.room(), each.user(), id);
                    }
                });
    }

    private record Joined(RoomRef room, UserId user, long position) {}

    @Override
    public Optional<Derived> watch(List<Ingest.Taken> taken) {
        List<Joined> joined = new ArrayList<>();
        for (Ingest.Taken each : taken) {
            joined(each.event())
                    .ifPresent(
                            user ->
                                    joined.add(
                                            new Joined(
                                                    each.place().room(),
                                                    user,
                                                    each.place().position())));
        }
        return joined.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        tx ->
                                joined.forEach(
                                        it ->
                                                keys.look(
                                                        tx,
                                                        it.room(),
                                                        it.user(),
                                                        Place.id(it.position(), JOINED_PART))));
    }

    private Optional<UserId> joined(Pdu event) {
        if (!event.type().equals(EventType.MEMBER)
                || event.content().string("membership").filter("join"::equals).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UserId.parse(String.valueOf(event.stateKey())))
                    .filter(user -> rooms.roomOf(user).isEmpty());
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }
}
