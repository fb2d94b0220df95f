/// The files of transparency logs, on disk.
@NullMarked
package org.chancery.adapters.tiles;

import org.jspecify.annotations.NullMarked;
