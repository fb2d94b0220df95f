/// Merkle trees as RFC 6962 and RFC 9162 define them: hashes, and proofs of inclusion and of
/// consistency, made and checked. Nothing here reads or keeps anything.
@NullMarked
package org.chancery.tlog.merkle;

import org.jspecify.annotations.NullMarked;
