/// The web client: its pages and their parts, as they lie on the class path, and what the pages
/// must know of the server before anybody is signed in.
///
/// It promises that nothing but what the list of the client names is ever read, that nothing is
/// read before it is asked for, that what is kept in memory is bounded, and that every page goes
/// out with a content security policy. It may import `api.http`.
@NullMarked
package org.chancery.api.web;

import org.jspecify.annotations.NullMarked;
