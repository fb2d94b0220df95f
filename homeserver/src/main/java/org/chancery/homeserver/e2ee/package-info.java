/// End-to-end encryption as far as a server has a part in it: the directory of public keys, the
/// mailbox of each device, cross-signing and the backup of room keys (client-server API,
/// "End-to-End Encryption" and "Send-to-Device messaging").
///
/// It promises that a one-time key is given out once, that a message to a device waits until the
/// device has said that it came, and that whoever shares a room with a user learns of each change
/// of
/// that user's keys. It never sees what is encrypted. It may import sessions, accounts and
/// `protocol.signing`; who shares a room with whom it asks through [Peers].
@NullMarked
package org.chancery.homeserver.e2ee;

import org.jspecify.annotations.NullMarked;
