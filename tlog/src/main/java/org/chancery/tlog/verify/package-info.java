/// What somebody needs who trusts a log's key and some witnesses and nobody else: the proof that
/// stands alone (C2SP tlog-proof), the policy (C2SP tlog-policy), and the check of one by the
/// other.
@NullMarked
package org.chancery.tlog.verify;

import org.jspecify.annotations.NullMarked;
