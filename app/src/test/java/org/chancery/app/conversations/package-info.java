/// What people can do in rooms beside talking, against a whole server, over its front door only.
@NullMarked
package org.chancery.app.conversations;

import org.jspecify.annotations.NullMarked;
