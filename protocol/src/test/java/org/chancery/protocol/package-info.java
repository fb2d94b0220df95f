/// Fixtures that the tests of several rooms share.
@NullMarked
package org.chancery.protocol;

import org.jspecify.annotations.NullMarked;
