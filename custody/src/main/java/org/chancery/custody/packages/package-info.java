/// Packages for e-depots: an export as a bag (BagIt, RFC 8493) or as an information package (E-ARK
/// CSIP), described in MDTO. The export lies in it unchanged, so that the verifier says the same of
/// it before and after.
@NullMarked
package org.chancery.custody.packages;

import org.jspecify.annotations.NullMarked;
