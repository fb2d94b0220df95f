/// The OpenAPI of Matrix, read from the files of the specification, and its judgement of one
/// exchange. It knows no server.
@NullMarked
package org.chancery.conformance.spec;

import org.jspecify.annotations.NullMarked;
