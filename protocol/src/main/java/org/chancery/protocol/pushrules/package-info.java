/// Push rules (Client-Server API, "Push Rules"): the server's own rules, a user's changes to them,
/// and which actions an event has for a user. All of it values and pure functions; changes that the
/// spec does not allow throw [org.chancery.protocol.error.MatrixException].
@NullMarked
package org.chancery.protocol.pushrules;

import org.jspecify.annotations.NullMarked;
