/// Sessions: who is logged in, with which device, by which token.
@NullMarked
package org.chancery.homeserver.sessions;

import org.jspecify.annotations.NullMarked;
