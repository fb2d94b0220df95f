@NullMarked
package org.chancery.api.client;

import org.jspecify.annotations.NullMarked;
