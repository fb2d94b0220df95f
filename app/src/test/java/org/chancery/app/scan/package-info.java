/// Looks for what must not be there: any run of a secret and any plain text, in files and in the
/// memory of a running process, however they are written.
@NullMarked
package org.chancery.app.scan;

import org.jspecify.annotations.NullMarked;
