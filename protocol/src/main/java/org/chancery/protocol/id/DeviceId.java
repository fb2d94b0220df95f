package org.chancery.protocol.id;

/// A device of one user: an opaque text that the server or the client chose.
public record DeviceId(String value) {
    public DeviceId {
        if (value.isEmpty() || !Grammar.fits(value)) {
            throw new MalformedId("device ID");
        }
    }

    public static DeviceId parse(String text) {
        return new DeviceId(text);
    }

    @Override
    public String toString() {
        return value;
    }
}
