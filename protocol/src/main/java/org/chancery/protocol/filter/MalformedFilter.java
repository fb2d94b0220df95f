package org.chancery.protocol.filter;

/// A filter that the spec does not allow. Tells which field.
public final class MalformedFilter extends RuntimeException {
    private final String field;

    MalformedFilter(String field) {
        super("not a valid filter: " + field, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
