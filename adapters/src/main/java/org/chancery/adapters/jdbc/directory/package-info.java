/// How rooms are found: aliases, what is published, how many are in.
@NullMarked
package org.chancery.adapters.jdbc.directory;

import org.jspecify.annotations.NullMarked;
