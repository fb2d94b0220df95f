package org.chancery.custody.opening;

import java.util.Locale;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.Opened;

/// The statement of completeness, for people: what is here, what is not, and why.
final class CompletenessText {
    private static final int SHOWN_MAX = 1_000;

    private CompletenessText() {}

    static void write(SafeHtml html, RoomOpening.Result result) {
        Opened opened = result.opened();
        Completeness graph = result.completeness();
        html.raw("<section>\n<h2>Completeness</h2>\n<p>");
        html.text(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d encrypted messages in scope were read.",
                        opened.read(),
                        opened.encrypted()));
        html.raw("</p>\n");
        if (!opened.search().isEmpty()) {
            html.raw("<p>Searched for: ").apart(opened.search());
            html.text(". Only what it found is here: " + opened.exported() + ".").raw("</p>\n");
        }
        html.raw("<p>This holds for the room's events as they were committed to the log before");
        html.raw(" the case. A whole session that the server never saw shows to members only.");
        html.raw("</p>\n<table>\n<tr><th>Gap</th><th>Cause</th><th>Detail</th></tr>\n");
        opened.unread().stream()
                .limit(SHOWN_MAX)
                .forEach(gap -> row(html, gap.event().value(), words(gap.cause()), gap.detail()));
        opened.files().stream()
                .limit(SHOWN_MAX)
                .forEach(gap -> row(html, gap.event().value(), words(gap.cause()), gap.mxc()));
        graph.missing().entrySet().stream()
                .sorted((one, other) -> one.getKey().value().compareTo(other.getKey().value()))
                .limit(SHOWN_MAX)
                .forEach(gap -> row(html, gap.getKey().value(), words(gap.getValue()), ""));
        graph.silences().stream()
                .limit(SHOWN_MAX)
                .forEach(gap -> row(html, numbers(gap), words(gap.cause()), gap.session()));
        html.raw("</table>\n<p>The whole list is in room/opened.json and");
        html.raw(" room/completeness.json.</p>\n</section>\n");
    }

    private static void row(SafeHtml html, String gap, String cause, String detail) {
        html.raw("<tr><td>").apart(gap).raw("</td><td>").text(cause).raw("</td><td>");
        html.apart(detail).raw("</td></tr>\n");
    }

    private static String numbers(Completeness.Silence gap) {
        return "messages " + gap.first() + " to " + gap.last() + " of a session of " + gap.sender();
    }

    static String words(Opened.Cause cause) {
        return switch (cause) {
            case WITHHELD -> "the sender's client keeps the key back";
            case NO_KEY -> "no key of its session ever came";
            case KEY_EXPIRED -> "its key came and is gone, or was for another period";
            case OLM_UNREADABLE -> "the message that may have brought its key is unreadable";
            case EARLIER_THAN_KEY -> "the key that came counts from a later message";
            case UNDECRYPTABLE -> "it does not decrypt: it was changed, or made otherwise";
            case NOT_OF_THIS_ROOM -> "what it says is not of this room, or not of this sender";
            case UNKNOWN_ALGORITHM -> "encrypted in a way that is not known";
        };
    }

    private static String words(Opened.FileCause cause) {
        return switch (cause) {
            case MISSING -> "attachment missing";
            case DISPOSED -> "attachment disposed of under the schedule";
            case CHANGED -> "attachment is not what the event names";
        };
    }

    private static String words(Completeness.Cause cause) {
        return switch (cause) {
            case NEVER_RECEIVED -> "never reached the archive";
            case REJECTED -> "refused by a rule of the room";
            case DISPOSED -> "disposed of under the retention schedule";
            case UNKNOWN -> "not known";
        };
    }
}
