/// The server's stock of archive identities: what the custodians made is taken in, checked against
/// what they signed, and given out, each identity to one room and once. Only public halves and
/// containers come here; no code of the server opens one.
@NullMarked
package org.chancery.governance.stock;

import org.jspecify.annotations.NullMarked;
