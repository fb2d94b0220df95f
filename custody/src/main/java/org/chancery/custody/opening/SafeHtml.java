package org.chancery.custody.opening;

/// HTML text in which nothing of what people wrote is markup. What would be unseen, or turn the
/// direction of the text around, is shown by its number.
public final class SafeHtml {
    private final StringBuilder html = new StringBuilder();

    /// Markup of our own.
    public SafeHtml raw(String markup) {
        html.append(markup);
        return this;
    }

    /// Text of somebody's.
    public SafeHtml text(String text) {
        text.codePoints().forEach(this::point);
        return this;
    }

    /// Text of somebody's, apart from the direction of what is around it.
    public SafeHtml apart(String text) {
        return raw("<bdi>").text(text).raw("</bdi>");
    }

    private void point(int point) {
        switch (point) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '\n', '\t' -> html.append((char) point);
            default -> {
                if (isUnseen(point)) {
                    html.append("[U+").append(String.format("%04X", point)).append(']');
                } else {
                    html.appendCodePoint(point);
                }
            }
        }
    }

    private static boolean isUnseen(int point) {
        int type = Character.getType(point);
        boolean joiner = point == 0x200d || point == 0x200c || (point >> 4) == 0xfe0;
        return type == Character.CONTROL
                || type == Character.SURROGATE
                || type == Character.UNASSIGNED
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || (type == Character.FORMAT && !joiner && (point < 0xe0020 || point > 0xe007f));
    }

    @Override
    public String toString() {
        return html.toString();
    }
}
