/// The public half of the sealed archive: identities that the custodians made in stock, their
/// devices, the containers in which the private halves lie, who holds the shares of the keys, and
/// the labels to which each share is bound. Pure values with strict, canonical encodings.
///
/// Nothing here can open anything. What can lives in `custody`, which no server has.
@NullMarked
package org.chancery.archive.stock;

import org.jspecify.annotations.NullMarked;
