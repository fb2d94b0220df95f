package org.chancery.custody.packages;

import java.time.Instant;
import org.chancery.archive.stock.MalformedArchive;

/// What an archivist says of a package, beside what the export says itself.
///
/// @param id the package's name, by which the e-depot knows it
/// @param source who gave the id
/// @param creator whose record it is (`archiefvormer`)
/// @param restriction on its use (`beperkingGebruik`), as the e-depot's list has it
public record Description(
        String id,
        String source,
        String title,
        String creator,
        Appraisal appraisal,
        String restriction,
        Instant madeAt) {
    private static final int LENGTH_MAX = 500;

    /// MDTO's closed list of appraisals (`waardering`).
    public enum Appraisal {
        B("Blijvend te bewaren"),
        V("Tijdelijk te bewaren"),
        N("Nader te bepalen");

        private final String label;

        Appraisal(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        public static Appraisal parse(String text) {
            for (Appraisal one : values()) {
                if (one.name().equals(text)) {
                    return one;
                }
            }
            throw new MalformedArchive("an appraisal is B, V or N");
        }
    }

    public Description {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new MalformedArchive("a package is named by letters, digits, dots and dashes");
        }
        for (String text : new String[] {source, title, creator, restriction}) {
            if (text.isBlank()
                    || text.length() > LENGTH_MAX
                    || text.codePoints().anyMatch(Character::isISOControl)) {
                throw new MalformedArchive("a description has texts of one line each");
            }
        }
    }
}
