package org.chancery.api.http;

/// An endpoint and what answers it.
public record Route(Endpoint endpoint, Handler handler) {}
