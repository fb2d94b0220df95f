/// Opening a case, on the archivist's machine: the case is checked, its devices are brought back
/// with the shares of a quorum, their Olm messages are read in order, then the events in scope and
/// no
/// others, and an export is written: for people to read, for programs to check. Whatever could not
/// be read is named with its cause. The machine needs no network.
@NullMarked
package org.chancery.custody.opening;

import org.jspecify.annotations.NullMarked;
