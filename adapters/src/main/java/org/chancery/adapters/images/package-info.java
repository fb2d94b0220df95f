/// Small pictures of large ones, by the JDK's own readers of JPEG, PNG and GIF.
///
/// It promises to hand a reader nothing but what the picture itself needs (no profiles, texts and
/// previews), nothing whose size it has not seen before, and to give up after a few seconds. It may
/// import `homeserver.media`; nobody else imports `java.awt` or `javax.imageio`.
@NullMarked
package org.chancery.adapters.images;

import org.jspecify.annotations.NullMarked;
