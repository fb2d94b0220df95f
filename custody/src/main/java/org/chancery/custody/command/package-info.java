/// `chancery ceremony`: the custodians' program on the command line. It runs on machines of the
/// custodians, never on the server, does one thing each time and ends.
@NullMarked
package org.chancery.custody.command;

import org.jspecify.annotations.NullMarked;
