package org.chancery.api.http;

/// What answers an endpoint: plain blocking code on a virtual thread of its own. What it refuses it
/// throws as a `MatrixException`.
@FunctionalInterface
public interface Handler {
    Response handle(Request request);
}
