/// The reading room: what is done with an archive device once a quorum has opened it. It reads the
/// device's inbox in the order of arrival, keeps the room keys, and decrypts the events it is asked
/// for, and no others. Each thing that cannot be read has its cause.
@NullMarked
package org.chancery.custody.reading;

import org.jspecify.annotations.NullMarked;
