/// The bytes of files, on disk.
@NullMarked
package org.chancery.adapters.blobs;

import org.jspecify.annotations.NullMarked;
