/// Cryptography by BouncyCastle's lightweight API, behind the ports of the floors below. Randomness
/// comes in by the caller; private keys leave only as the text of a key file.
@NullMarked
package org.chancery.adapters.crypto;

import org.jspecify.annotations.NullMarked;
