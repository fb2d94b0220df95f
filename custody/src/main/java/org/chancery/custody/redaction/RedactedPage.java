package org.chancery.custody.redaction;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.chancery.custody.opening.SafeHtml;
import org.chancery.ledger.export.Redacted;
import org.chancery.protocol.json.JsonString;

/// The redacted messages for people: no script, no style, no address.
final class RedactedPage {
    private static final String HEAD =
            """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'">
            <meta name="viewport" content="width=device-width">
            <title>Redacted record</title>
            </head>
            <body>
            <h1>Redacted record</h1>
            <p>What was cut out is marked with its ground. redacted.json proves that nothing else
            was left out of these messages.</p>
            """;

    private RedactedPage() {}

    static byte[] of(Redacted redacted) {
        SafeHtml html = new SafeHtml().raw(HEAD);
        for (Redacted.Message message : redacted.messages()) {
            html.raw("<article>\n<h2>").apart(message.event().value()).raw("</h2>\n<p>");
            String ground = "";
            for (Redacted.Part part : message.parts()) {
                ground = write(html, part, ground);
            }
            html.raw("</p>\n</article>\n");
        }
        return html.raw("</body>\n</html>\n").toString().getBytes(UTF_8);
    }

    /// Neighbours that went on one ground are one mark.
    private static String write(SafeHtml html, Redacted.Part part, String before) {
        return switch (part) {
            case Redacted.Removed gone when gone.ground().equals(Ground.KEY.code()) -> before;
            case Redacted.Removed gone -> {
                if (!gone.ground().equals(before)) {
                    html.raw(" <strong>[cut out: ").text(gone.ground()).raw("]</strong> ");
                }
                yield gone.ground();
            }
            case Redacted.Shown shown -> {
                boolean said = shown.piece().path().endsWith("/body");
                if (said && shown.piece().value() instanceof JsonString(String text)) {
                    html.text(text);
                }
                yield said ? "" : before;
            }
        };
    }
}
