/// What a client is told (client-server API, "Syncing").
///
/// # Life of a sync
/// [SyncService] makes a bell *before* it reads, takes the durable position once, and asks the
/// [Assembler] for the answer: a pure function of user, device, token, position and filter. Each
/// ingredient is one stream in one file, and no stream knows another. Where the index of
/// [org.chancery.homeserver.kernel.Wakeups] reaches back to the token, only rooms that changed are
/// looked at; where it does not, the store is asked which they are. If there is nothing to tell,
/// the
/// thread sleeps until the bell rings or the client's time is over.
///
/// Purity has one exception on purpose: which member events a device has been sent lately is
/// remembered in memory, and what is forgotten is sent again.
@NullMarked
package org.chancery.homeserver.sync;

import org.jspecify.annotations.NullMarked;
