/// Accounts: which users this server has, by which passwords they are known, who may join them,
/// and what their profiles say.
///
/// A password is kept as a slow hash only, an invitation or reset token as a hash only. The room
/// knows nothing of devices and tokens of access; `sessions` stands on it.
@NullMarked
package org.chancery.homeserver.accounts;

import org.jspecify.annotations.NullMarked;
