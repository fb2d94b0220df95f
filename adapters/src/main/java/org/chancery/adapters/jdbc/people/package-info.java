/// Who there is: accounts, sessions, profiles, invitations; and what each keeps for itself: account
/// data, filters, receipts.
@NullMarked
package org.chancery.adapters.jdbc.people;

import org.jspecify.annotations.NullMarked;
