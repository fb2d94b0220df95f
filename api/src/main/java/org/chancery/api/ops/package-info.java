/// For those who run the server: health, and where to find it.
///
/// It promises to tell nothing about users, rooms or content. It may import `api.http`.
@NullMarked
package org.chancery.api.ops;

import org.jspecify.annotations.NullMarked;
