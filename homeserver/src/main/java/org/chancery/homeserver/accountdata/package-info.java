/// What users store about themselves: account data of the user and of rooms, tags, and filters
/// (client-server API, "Client Config", "Room Tagging" and "Filtering").
///
/// It promises that what was stored is durable when it is answered for and shows in `/sync` in the
/// order of positions. It may import `protocol.filter`.
@NullMarked
package org.chancery.homeserver.accountdata;

import org.jspecify.annotations.NullMarked;
