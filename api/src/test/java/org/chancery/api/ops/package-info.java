@NullMarked
package org.chancery.api.ops;

import org.jspecify.annotations.NullMarked;
