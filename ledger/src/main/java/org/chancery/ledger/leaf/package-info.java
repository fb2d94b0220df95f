/// What the transparency log keeps of record rooms: one leaf for each room and hour, and one for
/// each
/// export. Hashes, ids and counts, never content.
///
/// The bytes of a leaf are its canonical JSON with a `type`. Reading is strict: it takes only what
/// writing gives.
@NullMarked
package org.chancery.ledger.leaf;

import org.jspecify.annotations.NullMarked;
