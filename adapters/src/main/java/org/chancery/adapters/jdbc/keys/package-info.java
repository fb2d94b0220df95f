/// Public keys, backups that only their owner can read, and what devices send to devices.
@NullMarked
package org.chancery.adapters.jdbc.keys;

import org.jspecify.annotations.NullMarked;
