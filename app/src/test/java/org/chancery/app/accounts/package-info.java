/// Accounts and sessions over real HTTP and a real database.
@NullMarked
package org.chancery.app.accounts;

import org.jspecify.annotations.NullMarked;
