/// The tables of pushers and of what they are still to be told.
@NullMarked
package org.chancery.adapters.jdbc.push;

import org.jspecify.annotations.NullMarked;
