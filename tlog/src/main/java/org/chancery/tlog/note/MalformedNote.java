package org.chancery.tlog.note;

/// A text that is no note, key, checkpoint or request of the form that was expected. The message
/// says what is wrong and repeats nothing of the text.
public final class MalformedNote extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MalformedNote(String message) {
        super(message, null, false, false);
    }
}
