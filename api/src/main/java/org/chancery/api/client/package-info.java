/// The client-server API: a file for each group of endpoints. Accounts, keys and rooms have rooms
/// of
/// their own inside this one; here stand `/sync`, what a client keeps for itself, and the shapes of
/// JSON and paths that all of them share.
///
/// An endpoint decodes, calls one service of the domain, and writes its answer; it decides nothing.
/// It may import `api.http` and the rooms of the domain.
@NullMarked
package org.chancery.api.client;

import org.jspecify.annotations.NullMarked;
