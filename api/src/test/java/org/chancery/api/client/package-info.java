/// Tests of the room over real sockets.
@NullMarked
package org.chancery.api.client;

import org.jspecify.annotations.NullMarked;
