/// Olm and Megolm for the sealed archive: the only room that names vodozemac. Here devices are made
/// and sealed into their containers, and here, on a machine of the custodians or the archivist,
/// they
/// are opened again and read what was sent to them.
///
/// No server imports this room; a test holds it to that.
@NullMarked
package org.chancery.custody.olm;

import org.jspecify.annotations.NullMarked;
