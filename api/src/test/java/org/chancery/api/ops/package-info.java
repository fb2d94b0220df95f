/// Tests of the room over real sockets.
@NullMarked
package org.chancery.api.ops;

import org.jspecify.annotations.NullMarked;
