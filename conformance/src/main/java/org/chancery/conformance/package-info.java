/// Says whether the running server keeps to the specification: plays scenarios over HTTP, holds
/// each
/// request and answer to the OpenAPI, and lays the answers beside those of another server.
///
/// No module that is shipped depends on it; it depends on none of the rooms it judges.
@NullMarked
package org.chancery.conformance;

import org.jspecify.annotations.NullMarked;
