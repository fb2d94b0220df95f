/// The client-server API: a file for each group of endpoints, in the spec's order.
///
/// An endpoint decodes, calls one service of the domain, and writes its answer; it decides nothing.
/// It may import `api.http` and the rooms of the domain.
@NullMarked
package org.chancery.api.client;

import org.jspecify.annotations.NullMarked;
