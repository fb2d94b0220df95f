/// The filters that clients give with /sync, /messages, /context and /search (Client-Server API,
/// "Filtering"): parsed once with every mistake refused, then asked event by event.
@NullMarked
package org.chancery.protocol.filter;

import org.jspecify.annotations.NullMarked;
