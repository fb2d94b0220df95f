/// The stock of archive identities: public halves and containers, and which room has which.
@NullMarked
package org.chancery.adapters.jdbc.stock;

import org.jspecify.annotations.NullMarked;
