/// Redaction: what may not be shown is cut out, with its ground, and what is left proves against
/// the
/// leaf that was logged at the opening. What was cut out is in no byte of the outcome: of a text
/// only a salted hash is left, of a picture nothing.
@NullMarked
package org.chancery.custody.redaction;

import org.jspecify.annotations.NullMarked;
