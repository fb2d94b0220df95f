package org.chancery.archive.entry;

import java.time.Instant;
import java.util.Locale;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A step of a case beside its leaf: that it was asked for, refused, told to the members, or handed
/// over. What a case is about stands in its own leaf, when it is approved; a step names it by
/// digest, so that of a case that was refused nothing is told but that it was.
///
/// @param of the digest of what the officers of the case sign ([#digestOf])
public record CaseStepEntry(Digest of, Step step, UserId by, Instant madeAt) implements LogEntry {
    static final String TYPE = "org.chancery.case_step.v1";
    private static final String SIGNED = "org.chancery.case_signed.v1";

    /// What happened.
    public enum Step {
        /// The requester has signed.
        REQUESTED,
        REFUSED,
        /// The rooms of the case have been told.
        NOTICED,
        /// The dossier has been written for the machine on which it is opened.
        HANDED_OVER;

        static Step parse(String text) {
            for (Step step : values()) {
                if (step.toString().equals(text)) {
                    return step;
                }
            }
            throw new MalformedArchive("no step of a case: " + text);
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Names a case whether it is signed or not.
    public static Digest digestOf(CaseEntry entry) {
        return Digest.of(SIGNED, entry.signedBytes());
    }

    static CaseStepEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        CaseStepEntry entry =
                new CaseStepEntry(
                        fields.parsed("case", Digest::new),
                        fields.parsed("step", Step::parse),
                        fields.parsed("by", UserId::parse),
                        fields.time("made_at"));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("case", of.value())
                .put("step", step.toString())
                .put("by", by.toString())
                .put("made_at", madeAt.toEpochMilli())
                .build();
    }
}
