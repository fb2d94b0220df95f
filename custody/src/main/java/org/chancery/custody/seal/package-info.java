/// Secrets and how they are split, sealed and locked up: Shamir's sharing, HPKE (RFC 9180), Ed25519
/// and files behind a password. Each secret is a value that its owner closes, whereupon it is
/// overwritten.
///
/// What that promises, and what not: the array in our hands is zero afterwards. Java may have
/// copied
/// it while it tidied its memory, and the libraries keep copies of their own for a moment. So the
/// programs that hold secrets do one thing and end, on a machine without swap that is switched off
/// afterwards.
@NullMarked
package org.chancery.custody.seal;

import org.jspecify.annotations.NullMarked;
