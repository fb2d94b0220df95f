/// The leaves of this server's log and the checkpoints of its neighbours' logs.
@NullMarked
package org.chancery.adapters.jdbc.log;

import org.jspecify.annotations.NullMarked;
