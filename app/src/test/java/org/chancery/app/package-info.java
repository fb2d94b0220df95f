/// The whole server, driven through its front door.
@NullMarked
package org.chancery.app;

import org.jspecify.annotations.NullMarked;
