/// The authorization rules of room versions 1 to 12 (Rooms, "Authorisation rules"), the selection
/// of auth events, and what is read off a room's power levels. Everything is a function of its
/// arguments and answers with a value: a [org.chancery.protocol.authrules.Verdict] names the rule
/// that refused, numbered as the spec of the event's own room version numbers it. The code speaks
/// the numbers of version 12; [RuleNumbers] translates.
///
/// Imports `event`, `id`, `json`, `roomversion` and `signing`.
@NullMarked
package org.chancery.protocol.authrules;

import org.jspecify.annotations.NullMarked;
