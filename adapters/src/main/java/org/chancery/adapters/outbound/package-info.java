/// The one way out: whatever this server asks of another goes through [Outbound].
///
/// It promises that only hosts on a list of the operator's are asked, over TLS, at addresses that
/// are not private, that the address checked is the address used, that no answer leads on to
/// another place, and that every wait and every answer has a bound. No other room opens a
/// connection.
@NullMarked
package org.chancery.adapters.outbound;

import org.jspecify.annotations.NullMarked;
