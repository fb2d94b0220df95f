/// Record rooms, and the terms of the devices of their archive users.
@NullMarked
package org.chancery.adapters.jdbc.recordrooms;

import org.jspecify.annotations.NullMarked;
