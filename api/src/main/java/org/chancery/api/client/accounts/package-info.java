/// Accounts, logging in, devices and profiles, and the administrator's doors to them.
@NullMarked
package org.chancery.api.client.accounts;

import org.jspecify.annotations.NullMarked;
