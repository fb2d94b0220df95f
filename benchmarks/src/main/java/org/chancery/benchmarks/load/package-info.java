/// The measurements: server and generator are processes of their own, each on a core of its own,
/// and what is quoted first is the server's CPU time for one operation, as that does not depend on
/// what else the machine does.
@NullMarked
package org.chancery.benchmarks.load;

import org.jspecify.annotations.NullMarked;
