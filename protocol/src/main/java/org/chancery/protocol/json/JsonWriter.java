package org.chancery.protocol.json;

import java.util.Arrays;

/// Writes JSON as UTF-8, straight into one growing array. Values come out canonical. Where an
/// answer is spliced from stored bytes, [#raw] copies them; then the caller vouches for them and
/// for the order of names.
public final class JsonWriter {
    /// Enough for what an event has beside its content.
    static final int CAPACITY = 768;
    private static final byte[] HEX = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };
    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private byte[] bytes;
    private int size;
    private boolean comma;

    public JsonWriter() {
        this(CAPACITY);
    }

    public JsonWriter(int capacity) {
        bytes = new byte[capacity];
    }

    public JsonWriter beginObject() {
        separate();
        put('{');
        comma = false;
        return this;
    }

    public JsonWriter endObject() {
        put('}');
        comma = true;
        return this;
    }

    public JsonWriter beginArray() {
        separate();
        put('[');
        comma = false;
        return this;
    }

    public JsonWriter endArray() {
        put(']');
        comma = true;
        return this;
    }

    public JsonWriter name(String name) {
        separate();
        writeString(name);
        put(':');
        comma = false;
        return this;
    }

    public JsonWriter value(JsonValue value) {
        separate();
        write(value);
        comma = true;
        return this;
    }

    public JsonWriter value(String text) {
        separate();
        writeString(text);
        comma = true;
        return this;
    }

    public JsonWriter value(long number) {
        separate();
        writeLong(number);
        comma = true;
        return this;
    }

    public JsonWriter value(boolean flag) {
        separate();
        put(flag ? TRUE : FALSE);
        comma = true;
        return this;
    }

    /// Begins an object with the members of one that already is JSON in UTF-8, without spaces
    /// around
    /// it, so that more can be added.
    public JsonWriter beginObject(byte[] json) {
        separate();
        reserve(json.length);
        System.arraycopy(json, 0, bytes, size, json.length - 1);
        size += json.length - 1;
        comma = json.length > 2;
        return this;
    }

    /// One whole value that already is JSON in UTF-8.
    public JsonWriter raw(byte[] json) {
        separate();
        put(json);
        comma = true;
        return this;
    }

    /// How many bytes are written so far.
    public int size() {
        return size;
    }

    /// A copy of what is written.
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void separate() {
        if (comma) {
            put(',');
        }
    }

    /// Asks one type after another: a switch over patterns is linked when it runs first, which
    /// would cost a start some 20 ms (docs/adr/0014).
    private void write(JsonValue value) {
        if (value instanceof JsonString string) {
            writeString(string.value());
        } else if (value instanceof JsonObject object) {
            writeObject(object);
        } else if (value instanceof JsonInteger integer) {
            writeLong(integer.value());
        } else if (value instanceof JsonArray array) {
            writeArray(array);
        } else if (value instanceof JsonBoolean flag) {
            put(flag.value() ? TRUE : FALSE);
        } else if (value instanceof JsonDecimal decimal) {
            writeAscii(decimal.canonical());
        } else {
            put(NULL);
        }
    }

    private void writeObject(JsonObject object) {
        if (object.written != null) {
            put(object.written);
            return;
        }
        put('{');
        for (int i = 0; i < object.names.length; i++) {
            if (i > 0) {
                put(',');
            }
            writeString(object.names[i]);
            put(':');
            write(object.values[i]);
        }
        put('}');
    }

    private void writeArray(JsonArray array) {
        put('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                put(',');
            }
            write(array.get(i));
        }
        put(']');
    }

    private void writeLong(long number) {
        if (number >= 0 && number < 10) {
            put((char) ('0' + number));
        } else {
            writeAscii(Long.toString(number));
        }
    }

    private void writeAscii(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    /// Most strings are plain to the end, so the loop over plain characters keeps to itself.
    private void writeString(String text) {
        int length = text.length();
        reserve(length + 2);
        var buffer = bytes;
        int at = size;
        buffer[at++] = '"';
        int i = 0;
        while (i < length) {
            char c = text.charAt(i);
            if (!isPlain(c)) {
                break;
            }
            buffer[at++] = (byte) c;
            i++;
        }
        size = at;
        if (i < length) {
            writeRest(text, i);
        }
        bytes[size++] = '"';
    }

    private void writeRest(String text, int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                bytes[size++] = (byte) c;
            } else {
                i += writeUnusual(text, i, c);
                reserve(text.length() - i);
            }
            i++;
        }
    }

    private static boolean isPlain(char c) {
        return c < 0x80 && c >= 0x20 && c != '"' && c != '\\';
    }

    /// A character that is escaped or not ASCII. Answers how many units beyond one it took.
    private int writeUnusual(String text, int at, char c) {
        reserve(text.length() - at + 6);
        if (c < 0x80) {
            writeEscaped(c);
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | (c >> 6));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        } else if (!Character.isSurrogate(c)) {
            bytes[size++] = (byte) (0xE0 | (c >> 12));
            bytes[size++] = (byte) (0x80 | ((c >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (c & 0x3F));
        } else {
            int point = text.codePointAt(at);
            if (point == c) {
                throw new IllegalArgumentException("lone surrogate in a string");
            }
            bytes[size++] = (byte) (0xF0 | (point >> 18));
            bytes[size++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            bytes[size++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            bytes[size++] = (byte) (0x80 | (point & 0x3F));
            return 1;
        }
        return 0;
    }

    private void writeEscaped(char c) {
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 0xF];
            }
        }
    }

    private void put(char ascii) {
        reserve(1);
        bytes[size++] = (byte) ascii;
    }

    private void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    /// Makes room for that many bytes, and always one more for a closing quote.
    private void reserve(int more) {
        int needed = Math.addExact(size, more + 1);
        if (needed > bytes.length) {
            bytes =
                    Arrays.copyOf(
                            bytes, Math.max(needed, Math.addExact(bytes.length, bytes.length)));
        }
    }
}
