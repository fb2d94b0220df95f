package org.chancery.archive.stock;

/// What a device of an archive identity is for: one quarter, or a spare to rotate to.
public sealed interface Slot permits Quarter, Spare {
    static Slot parse(String text) {
        return text.startsWith(Spare.PREFIX) ? Spare.parse(text) : Quarter.parse(text);
    }
}
