package org.chancery.archive.entry;

import java.util.Locale;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.json.JsonObject;

/// Why records are opened: of which kind the case is, by which article of which regulation, and why
/// nothing less will do.
///
/// @param reference the number under which the organisation keeps the case
/// @param article of the regulation that allows it
/// @param necessity why it is needed, and which lesser means were tried
public record CaseGround(Kind kind, String reference, String article, String necessity) {
    private static final int TEXT_LENGTH_MAX = 1_000;

    /// What records are opened for.
    public enum Kind {
        OVERSIGHT,
        FREEDOM_OF_INFORMATION,
        SUBJECT_ACCESS,
        /// By the members of the dossier, for their own work.
        BUSINESS_USE,
        /// To the archive that keeps them from now on.
        TRANSFER,
        COURT_ORDER;

        public static Kind parse(String text) {
            for (Kind kind : values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new MalformedArchive("a case is of a kind that this program does not know");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CaseGround {
        if (!isText(reference) || !isText(article) || !isText(necessity)) {
            throw new MalformedArchive(
                    "a case has a reference, an article and a necessity, each of at most "
                            + TEXT_LENGTH_MAX
                            + " characters");
        }
    }

    static boolean isText(String text) {
        return !text.isBlank()
                && text.length() <= TEXT_LENGTH_MAX
                && text.codePoints().noneMatch(Character::isISOControl);
    }

    static CaseGround parse(JsonObject json) {
        Fields fields = Fields.of(json, "the ground of a case");
        CaseGround ground =
                new CaseGround(
                        fields.parsed("kind", Kind::parse),
                        fields.text("reference"),
                        fields.text("article"),
                        fields.text("necessity"));
        fields.end();
        return ground;
    }

    JsonObject json() {
        return JsonObject.builder()
                .put("kind", kind.toString())
                .put("reference", reference)
                .put("article", article)
                .put("necessity", necessity)
                .build();
    }
}
