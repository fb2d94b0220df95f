/// What everybody may read of an encrypted event: the number that its sender's session counted.
@NullMarked
package org.chancery.ledger.megolm;

import org.jspecify.annotations.NullMarked;
