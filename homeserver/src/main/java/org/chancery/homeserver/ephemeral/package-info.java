/// Receipts, read markers, typing and presence (client-server API, "Receipts", "Fully read
/// markers", "Typing notifications", "Presence").
///
/// Receipts are durable and take positions. Typing and presence live in memory and count for
/// themselves, by [EphemeralCount]; after a restart nobody types and nobody is online.
@NullMarked
package org.chancery.homeserver.ephemeral;

import org.jspecify.annotations.NullMarked;
