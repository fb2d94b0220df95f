/// What the archive of record rooms costs beside the sending of messages.
@NullMarked
package org.chancery.benchmarks.records;

import org.jspecify.annotations.NullMarked;
