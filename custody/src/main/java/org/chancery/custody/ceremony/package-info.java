/// What the custodians do together and each for themselves, as acts on values: making identities in
/// stock, checking and releasing shares, bringing keys together, splitting them anew, rehearsing.
/// Files and people are the concern of `custody.command`.
@NullMarked
package org.chancery.custody.ceremony;

import org.jspecify.annotations.NullMarked;
