/// Room events as servers exchange them: the persistent data unit of each room version, its hashes,
/// redaction, signing and verification, and how clients see it (Server-Server API, "PDUs", "Signing
/// Events"; Room Version Specification).
///
/// The order of work is a row of types: a [org.chancery.protocol.event.ReceivedPdu] is well-formed,
/// a [org.chancery.protocol.event.VerifiedPdu] is signed by those who must; what the authorization
/// rules say of it is known one room higher. A local event starts as a
/// [org.chancery.protocol.event.DraftEvent].
@NullMarked
package org.chancery.protocol.event;

import org.jspecify.annotations.NullMarked;
