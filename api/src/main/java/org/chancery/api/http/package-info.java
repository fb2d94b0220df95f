/// The door: one HTTP engine behind own requests and responses, the router, authentication, limits
/// and the one table from errors to HTTP.
///
/// It promises that no type of the engine leaves this room, that every body, header and wait has a
/// bound, that every answer carries the headers of the spec for browsers, and that a fault of ours
/// is answered without a word from inside. It may import `protocol` and the sessions' record.
@NullMarked
package org.chancery.api.http;

import org.jspecify.annotations.NullMarked;
