/// Checks an export without a network, a server or a key of ours: says yes, or no and where, and
/// what
/// it cannot know. A leaf of the house: nothing imports it.
@NullMarked
package org.chancery.verifier;

import org.jspecify.annotations.NullMarked;
