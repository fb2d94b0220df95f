/// The files of an export that a program must understand (docs/export-format.md): where they lie,
/// and
/// those of them that are no leaf, proof or event. Written by who opens a room, read by the
/// verifier.
@NullMarked
package org.chancery.ledger.export;

import org.jspecify.annotations.NullMarked;
