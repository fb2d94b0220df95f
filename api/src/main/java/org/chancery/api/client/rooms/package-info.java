/// Rooms: making, joining, writing, reading and finding them.
@NullMarked
package org.chancery.api.client.rooms;

import org.jspecify.annotations.NullMarked;
