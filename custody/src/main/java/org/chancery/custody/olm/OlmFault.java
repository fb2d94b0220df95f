package org.chancery.custody.olm;

/// Something that Olm or Megolm refuses: a wrong key, a message that was tampered with or is for
/// somebody else. The message says what was tried and what the library answered.
public final class OlmFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    OlmFault(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
