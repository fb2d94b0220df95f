/// Sessions: who is logged in, with which device, by which token, and how a person proves to be
/// who he says.
///
/// Tokens are 256 random bits, stored as hashes. A token is looked up in memory on the hot path;
/// whatever ends a token takes it out of there before it is answered.
@NullMarked
package org.chancery.homeserver.sessions;

import org.jspecify.annotations.NullMarked;
