/// Cases and the rooms that they are about.
@NullMarked
package org.chancery.adapters.jdbc.cases;

import org.jspecify.annotations.NullMarked;
