/// The house keeps itself: tests that read the class files, the sources and the papers of the whole
/// repository and hold them to `architecture/rooms.txt` and to the limits in CONTRIBUTING.md.
///
/// They stand in `app` because only there every room is on the class path.
@NullMarked
package org.chancery.app.house;

import org.jspecify.annotations.NullMarked;
