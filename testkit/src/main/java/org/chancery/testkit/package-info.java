/// What tests of several modules share: a clock that stands still, a house with rooms over any
/// store, and the contract that every store must keep.
@NullMarked
package org.chancery.testkit;

import org.jspecify.annotations.NullMarked;
