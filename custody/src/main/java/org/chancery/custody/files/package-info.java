/// Stocks, shares and keys as folders and files: what lies where, written whole or not at all, and
/// read with bounds and suspicion.
@NullMarked
package org.chancery.custody.files;

import org.jspecify.annotations.NullMarked;
