/// What the transparency log keeps of the sealed archive: one type for each kind of leaf, with
/// canonical bytes. An entry holds public keys and digests, never content and nothing that opens.
///
/// The bytes of an entry are its canonical JSON. Reading is strict: [LogEntry#parse] takes only
/// what writing gives.
@NullMarked
package org.chancery.archive.entry;

import org.jspecify.annotations.NullMarked;
