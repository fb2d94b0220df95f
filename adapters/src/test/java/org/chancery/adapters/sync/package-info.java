/// What clients are told, over a real database and rooms written by the one door.
@NullMarked
package org.chancery.adapters.sync;

import org.jspecify.annotations.NullMarked;
