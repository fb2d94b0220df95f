/// End-to-end encryption: device keys, cross-signing, key backups, and what devices send to
/// devices.
@NullMarked
package org.chancery.api.client.keys;

import org.jspecify.annotations.NullMarked;
