/// Who may see an event (Client-Server API, "Room History Visibility"): a decision over the room's
/// setting and the viewer's membership when the event was sent, and over what came after. Pure, and
/// free of any store.
///
/// Imports `event`, `id` and `json`.
@NullMarked
package org.chancery.protocol.visibility;

import org.jspecify.annotations.NullMarked;
