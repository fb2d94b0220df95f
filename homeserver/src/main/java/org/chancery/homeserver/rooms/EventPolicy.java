package org.chancery.homeserver.rooms;

import org.chancery.protocol.authrules.Verdict;
import org.chancery.protocol.event.Pdu;

/// May this event enter? The homeserver asks after the authorization rules have allowed it;
/// governance answers. It sees the signed event before anybody else does and must not wait.
@FunctionalInterface
public interface EventPolicy {
    /// The policy of a server without governance.
    EventPolicy ALLOW_ALL = _ -> Verdict.allowed();

    Verdict judge(Pdu event);
}
