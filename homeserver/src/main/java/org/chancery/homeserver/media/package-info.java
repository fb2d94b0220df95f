/// Files that users upload: kept as they came, found by an address that cannot be guessed.
@NullMarked
package org.chancery.homeserver.media;

import org.jspecify.annotations.NullMarked;
