/// What every room of the domain stands on: the one committer with its transactions and positions,
/// the wake-ups that follow a commit, and the locks and limits that bound all work.
///
/// It promises that nothing is acknowledged before it is durable, and that readers never see beyond
/// [Journal#durable]. It may be imported by every room above it and imports only `protocol.id` and
/// `protocol.error`.
@NullMarked
package org.chancery.homeserver.kernel;

import org.jspecify.annotations.NullMarked;
