/// Glob patterns (Appendices, "Glob-style matching"), matched in time linear in the text whatever
/// the pattern. This room imports nothing.
@NullMarked
package org.chancery.protocol.glob;

import org.jspecify.annotations.NullMarked;
