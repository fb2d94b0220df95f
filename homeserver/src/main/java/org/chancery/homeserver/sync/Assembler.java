package org.chancery.homeserver.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.accountdata.AccountData;
import org.chancery.homeserver.accountdata.AccountDatum;
import org.chancery.homeserver.accountdata.IgnoredUsers;
import org.chancery.homeserver.e2ee.DeviceLists;
import org.chancery.homeserver.e2ee.KeyCounts;
import org.chancery.homeserver.e2ee.ToDeviceInbox;
import org.chancery.homeserver.e2ee.ToDeviceMessage;
import org.chancery.homeserver.ephemeral.Presence;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.ephemeral.Typing;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RecentEvents;
import org.chancery.homeserver.events.StateChange;
import org.chancery.homeserver.events.StateHistory;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.events.UserMemberships;
import org.chancery.homeserver.push.PushRules;
import org.chancery.homeserver.push.Unread;
import org.chancery.homeserver.push.UnreadCounts;
import org.chancery.homeserver.relations.Aggregations;
import org.chancery.homeserver.relations.Bundle;
import org.chancery.homeserver.relations.Viewer;
import org.chancery.homeserver.rooms.RoomVisibility;
import org.chancery.homeserver.sync.SyncAnswer.Keys;
import org.chancery.homeserver.sync.SyncAnswer.Rooms;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Puts an answer together from its streams; it alone knows them all. What it gives depends on the
/// [Span] only.
public final class Assembler {
    private final Stores stores;
    private final UserRooms rooms;
    private final LazyMembers lazyMembers = new LazyMembers();
    private final Stays stays;
    private final TimelineStream timelines;
    private final StateStream states;
    private final SummaryStream summaries;
    private final StrippedStream stripped;
    private final ReceiptStream receipts;
    private final TypingStream typing;
    private final PresenceStream presence;
    private final AccountDataStream accountData;
    private final IgnoredUsers ignoredUsers;
    private final ToDeviceStream toDevice;
    private final DeviceListStream deviceLists;
    private final CountsStream counts;
    private final KeyCounts keys;
    private final Dressing dressing;
    private final Aggregations aggregations;

    /// What is durable, and what of it is in memory.
    public record Stores(
            EventStore events,
            StateStore states,
            StateHistory history,
            ReceiptStore receipts,
            RecentEvents recent,
            UserMemberships memberships) {}

    /// What concerns devices.
    public record Devices(DeviceLists lists, ToDeviceInbox inbox, KeyCounts keys) {}

    /// What lives in memory.
    public record Live(Typing typing, Presence presence) {}

    /// What comes of push rules.
    public record Push(PushRules rules, UnreadCounts counts) {}

    public Assembler(Stores stores, Devices devices, Live live, AccountData data, Push push) {
        this.stores = stores;
        this.rooms = new UserRooms(stores.events, stores.memberships);
        this.stays = new Stays(stores.events, stores.states);
        this.timelines = new TimelineStream(stores.recent, stores.history, rooms);
        this.states =
                new StateStream(
                        stores.events, new RoomStates(stores.states, stores.history), lazyMembers);
        this.summaries = new SummaryStream(stores.events, stores.states, stores.history);
        this.stripped = new StrippedStream(stores.events, stores.states);
        this.receipts = new ReceiptStream(stores.receipts, rooms);
        this.typing = new TypingStream(live.typing);
        this.presence = new PresenceStream(live.presence);
        this.accountData = new AccountDataStream(data, push.rules);
        this.counts = new CountsStream(push.counts);
        this.ignoredUsers = new IgnoredUsers(data);
        this.toDevice = new ToDeviceStream(devices.inbox);
        this.deviceLists = new DeviceListStream(devices.lists, stores.recent, stores.states, rooms);
        this.keys = devices.keys;
        this.dressing = new Dressing(stores.events);
        this.aggregations = new Aggregations(stores.events);
    }

    /// The device has what its token says.
    void acknowledge(SyncRequest request) {
        toDevice.acknowledge(request);
    }

    /// What has been read for the rooms of an answer in common.
    ///
    /// @param timelines the numbers of the rooms with new events
    /// @param receipts the numbers of the rooms with new receipts
    /// @param stateChanges what changed in the state of the rooms told of, by number
    private record Common(
            Span span,
            Set<Long> timelines,
            Set<Long> receipts,
            Set<RoomId> typing,
            List<AccountDatum> accountData,
            Set<UserId> ignored,
            Map<Long, List<StateChange>> stateChanges) {}

    /// The answer.
    SyncAnswer assemble(Span span) {
        lazyMembers.resume(span);
        UserRooms.Standing standing = rooms.standing(span);
        List<AccountDatum> data = accountData.read(span);
        Common common =
                new Common(
                        span,
                        span.isInitial() ? Set.of() : timelines.touched(span, standing),
                        span.isInitial() ? Set.of() : receipts.touched(span, standing),
                        typing.touched(span),
                        data,
                        ignoredUsers.of(span.user()),
                        new HashMap<>());
        Rooms told = rooms(common, stays.of(span, standing, touched(common, standing)));
        List<ToDeviceMessage> messages = toDevice.of(span);
        return new SyncAnswer(
                ToDeviceStream.token(span.upTo(), messages),
                told,
                AccountDataStream.global(span, data),
                presence.of(span),
                messages,
                deviceLists.of(span, standing, common.timelines, common.stateChanges),
                new Keys(
                        keys.oneTimeKeyCounts(span.user(), span.device()),
                        keys.unusedFallbackKeyTypes(span.user(), span.device())));
    }

    /// Of an answer no more than whose devices changed.
    DeviceListChanges deviceChanges(Span span) {
        UserRooms.Standing standing = rooms.standing(span);
        return deviceLists.of(span, standing, timelines.touched(span, standing), Map.of());
    }

    private Set<Long> touched(Common common, UserRooms.Standing standing) {
        Set<Long> touched = new HashSet<>(common.timelines);
        touched.addAll(common.receipts);
        touched.addAll(rooms.joined(standing, AccountDataStream.touched(common.accountData)));
        touched.addAll(rooms.joined(standing, common.typing));
        return touched;
    }

    private Rooms rooms(Common common, List<Stay> chosen) {
        Rooms told =
                new Rooms(
                        new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        UserId user = common.span.user();
        for (Stay stay : chosen) {
            switch (stay.section()) {
                case JOIN -> {
                    JoinedRoom room = room(common, stay);
                    if (stay.whole() || !room.isEmpty()) {
                        told.joined().add(room);
                    }
                }
                case LEAVE -> told.left().add(room(common, stay));
                case INVITE ->
                        stripped.of(stay, user, common.ignored).ifPresent(told.invited()::add);
                case KNOCK -> stripped.of(stay, user, Set.of()).ifPresent(told.knocked()::add);
            }
        }
        return told;
    }

    private JoinedRoom room(Common common, Stay stay) {
        Span span = common.span;
        Optional<RoomVisibility> visibility =
                stay.steady()
                        ? Optional.empty()
                        : Optional.of(
                                RoomVisibility.of(
                                        stores.events, stores.states, stay.room(), span.user()));
        Timeline timeline = timelines.of(span, stay, visibility, common.ignored);
        List<StateChange> changes = stateChanges(common, stay, timeline);
        Optional<RoomSummary> summary = summaries.of(span, stay, changes);
        List<StoredEvent> state =
                states.of(
                        span,
                        stay,
                        timeline,
                        changes,
                        summary.flatMap(RoomSummary::heroes).orElse(List.of()));
        boolean isIn = stay.section() == Stay.Section.JOIN;
        return new JoinedRoom(
                stay.room(),
                dressing.timeline(
                        span,
                        visibility,
                        timeline,
                        changes,
                        bundles(common, stay, visibility, timeline)),
                timeline.limited(),
                timeline.prevBatch(),
                dressing.state(span, visibility, state),
                summary,
                isIn ? receipts.of(span, stay, common.receipts) : List.<Receipt>of(),
                isIn ? typing.of(span, stay, common.typing) : Optional.empty(),
                accountData.of(span, stay, common.accountData),
                isIn ? counts.of(span, stay) : Unread.NONE);
    }

    /// What relates to the events of a timeline that has a gap before it; without one the client
    /// was told of every event itself (client-server API, "Aggregations of child events").
    private Map<Long, Bundle> bundles(
            Common common, Stay stay, Optional<RoomVisibility> visibility, Timeline timeline) {
        return timeline.limited()
                ? aggregations.of(
                        new Viewer(
                                common.span.user(),
                                stay.room(),
                                stay.upTo(),
                                event -> visibility.isEmpty() || visibility.get().shows(event),
                                common.ignored),
                        timeline.events())
                : Map.of();
    }

    /// The changes of the state that this answer has to do with: in a room that the client knows,
    /// all within the span; in a new one, those that the timeline shows.
    private List<StateChange> stateChanges(Common common, Stay stay, Timeline timeline) {
        long after = stay.isNew() ? timeline.start(stay) : stay.after();
        boolean isUntouched = stay.steady() && !common.timelines.contains(stay.room().number());
        List<StateChange> changes =
                isUntouched ? List.of() : stores.recent.changes(stay.room(), after, stay.upTo());
        if (stay.steady()) {
            common.stateChanges.put(stay.room().number(), changes);
        }
        return changes;
    }
}
