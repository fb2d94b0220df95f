package org.chancery.homeserver.e2ee;

import org.chancery.protocol.id.UserId;
import org.chancery.protocol.signing.KeyId;

/// A signature that was added to a key after the key was uploaded.
///
/// @param target whose key is signed
/// @param targetId the device's ID, or the master key in base64
/// @param signer whose key signed it
/// @param key the key that signed it
/// @param signature in base64
public record KeySignature(
        UserId target, String targetId, UserId signer, KeyId key, String signature) {}
