/// A Matrix client as small as can be: the public API only, so that every server gets the same
/// bytes, and little work of its own, as it runs beside the server it measures.
@NullMarked
package org.chancery.benchmarks.client;

import org.jspecify.annotations.NullMarked;
