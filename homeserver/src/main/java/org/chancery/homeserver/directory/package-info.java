/// Which rooms there are to find: aliases and the published directory.
@NullMarked
package org.chancery.homeserver.directory;

import org.jspecify.annotations.NullMarked;
