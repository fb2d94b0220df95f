/// The identifiers of Matrix (Appendices, "Identifier Grammar") as value types: parsed once at the
/// edge, trusted inside. Each `parse` throws [org.chancery.protocol.id.MalformedId]; each
/// `toString` is the text on the wire. This room imports nothing.
@NullMarked
package org.chancery.protocol.id;

import org.jspecify.annotations.NullMarked;
