/// What is known of a file; its bytes lie in a blob store.
@NullMarked
package org.chancery.adapters.jdbc.media;

import org.jspecify.annotations.NullMarked;
