/// Signatures over canonical JSON (Appendices, "Signing JSON"), key IDs and unpadded base64. The
/// curve itself is a port: [org.chancery.protocol.signing.Signer] and
/// [org.chancery.protocol.signing.Verifier].
@NullMarked
package org.chancery.protocol.signing;

import org.jspecify.annotations.NullMarked;
