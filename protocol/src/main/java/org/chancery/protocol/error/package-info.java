/// The one error type that travels to a client or another server: a sealed
/// [org.chancery.protocol.error.MatrixError], carried by the unchecked
/// [org.chancery.protocol.error.MatrixException]. Which HTTP status an error has is not said here.
@NullMarked
package org.chancery.protocol.error;

import org.jspecify.annotations.NullMarked;
