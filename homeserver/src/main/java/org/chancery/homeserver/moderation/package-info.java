/// What people report to those who run the server (client-server API, "Reporting Content").
///
/// A report names what it is about and why. It opens no way to read what it names.
@NullMarked
package org.chancery.homeserver.moderation;

import org.jspecify.annotations.NullMarked;
