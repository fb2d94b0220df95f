/// Orders: what is asked of the custodians, by whom, with which key the shares shall be sealed
/// anew,
/// and the answer, a release. An order that is not signed by two custodians of two houses, over
/// that
/// very key, moves nobody; so a server that asks with a key of its own gets nothing.
@NullMarked
package org.chancery.archive.order;

import org.jspecify.annotations.NullMarked;
