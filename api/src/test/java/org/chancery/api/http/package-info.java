/// Tests of the room over real sockets.
@NullMarked
package org.chancery.api.http;

import org.jspecify.annotations.NullMarked;
