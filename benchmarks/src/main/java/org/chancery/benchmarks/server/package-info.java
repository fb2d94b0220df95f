/// The servers under test: processes of their own, started, killed and watched from outside.
@NullMarked
package org.chancery.benchmarks.server;

import org.jspecify.annotations.NullMarked;
