@NullMarked
package org.chancery.api.http;

import org.jspecify.annotations.NullMarked;
