/// The composition root: configuration, the data folder, and every object of the server made once,
/// floor by floor.
@NullMarked
package org.chancery.app;

import org.jspecify.annotations.NullMarked;
