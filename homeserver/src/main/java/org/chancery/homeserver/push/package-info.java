/// Push rules and what they make of events: the numbers beside rooms and the list of notifications
/// (client-server API, "Push Notifications").
///
/// Nothing is written for an event and a user: [UnreadCounts] evaluates the rules when somebody
/// looks, and keeps in memory where the events stand that notify. A receipt is then a binary
/// search.
@NullMarked
package org.chancery.homeserver.push;

import org.jspecify.annotations.NullMarked;
