package org.chancery.protocol.visibility;

import java.util.EnumSet;
import java.util.Set;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// Decides who may see an event (Client-Server API, "Room History Visibility", server behaviour).
///
/// The setting and the memberships are those *before* the event; an event that changes one of them
/// is judged by both values. Whoever left sees what was sent while joined, and under `shared` all
/// that was sent before that: for the viewer, `joinedLater` says so.
public final class Visibility {
    private Visibility() {}

    /// A user before whose eyes an event may come.
    ///
    /// @param before the membership before the event
    /// @param joinedLater whether the user joined at any point after the event; true of
    ///     everyone who is joined now
    public record Viewer(UserId user, Membership before, boolean joinedLater) {}

    /// A server that asks for an event.
    ///
    /// @param before all memberships that users of the server had before the event
    /// @param joinedLater whether any of its users joined at any point after the event
    public record AskingServer(ServerName server, Set<Membership> before, boolean joinedLater) {
        public AskingServer {
            before = Set.copyOf(before);
        }
    }

    /// Whether the user may see the event.
    public static boolean shows(Pdu event, HistoryVisibility before, Viewer viewer) {
        var memberships = EnumSet.of(viewer.before);
        if (viewer.user.toString().equals(event.stateKey())) {
            event.membership().ifPresent(memberships::add);
        }
        return allowed(settings(event, before), memberships, viewer.joinedLater);
    }

    /// Whether some user of the server may see the event, so that the server may have it. Otherwise
    /// it gets a redacted copy.
    public static boolean shows(Pdu event, HistoryVisibility before, AskingServer asking) {
        var memberships = EnumSet.noneOf(Membership.class);
        memberships.addAll(asking.before);
        if (isOf(asking.server, event.stateKey())) {
            event.membership().ifPresent(memberships::add);
        }
        return allowed(settings(event, before), memberships, asking.joinedLater);
    }

    /// Whether anyone at all may see the event, guests and strangers included.
    public static boolean showsToWorld(Pdu event, HistoryVisibility before) {
        return settings(event, before).contains(HistoryVisibility.WORLD_READABLE);
    }

    private static Set<HistoryVisibility> settings(Pdu event, HistoryVisibility before) {
        var settings = EnumSet.of(before);
        if (event.isState(EventType.HISTORY_VISIBILITY)) {
            settings.add(HistoryVisibility.of(event.content()));
        }
        return settings;
    }

    /// A server of which nobody was there has the membership of a stranger.
    private static boolean allowed(
            Set<HistoryVisibility> settings, Set<Membership> memberships, boolean joinedLater) {
        for (var setting : settings) {
            if (setting.shows(Membership.LEAVE, joinedLater)
                    || memberships.stream().anyMatch(then -> setting.shows(then, joinedLater))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(ServerName server, @Nullable String user) {
        if (user == null) {
            return false;
        }
        try {
            return UserId.parse(user).server().equals(server);
        } catch (MalformedId e) {
            return false;
        }
    }
}
