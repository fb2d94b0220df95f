/// The doors of the governed part: what the records desk asks and tells. For administrators, under
/// `/_chancery/admin/v1`.
@NullMarked
package org.chancery.api.governance;

import org.jspecify.annotations.NullMarked;
