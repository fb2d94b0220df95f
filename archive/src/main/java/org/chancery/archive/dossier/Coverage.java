package org.chancery.archive.dossier;

import java.util.Locale;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// What the server could tell of one Megolm session without opening anything: necessary for a room
/// to be readable, not sufficient.
///
/// @param from the first index that is presumed covered; 0 otherwise
/// @param code of the client's `m.room_key.withheld`; empty otherwise
public record Coverage(UserId sender, String session, State state, int from, String code) {
    private static final int CODE_LENGTH_MAX = 200;

    /// What is known of the session's key.
    public enum State {
        /// An Olm message of that device came before the first event with that index.
        PRESUMED,
        /// The client said that it keeps the key back.
        WITHHELD,
        UNKNOWN;

        static State parse(String text) {
            for (State state : values()) {
                if (state.toString().equals(text)) {
                    return state;
                }
            }
            throw new MalformedArchive("a coverage of no known state");
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Coverage parse(byte[] line) {
        Fields fields = Fields.of(Lines.json(line, "a coverage"), "a coverage");
        Coverage coverage =
                new Coverage(
                        fields.parsed("sender", UserId::parse),
                        fields.text("session_id"),
                        fields.parsed("state", State::parse),
                        fields.number("from", 0, Integer.MAX_VALUE),
                        fields.longText("code", CODE_LENGTH_MAX));
        fields.end();
        return coverage;
    }

    byte[] bytes() {
        return JsonObject.builder()
                .put("sender", sender.toString())
                .put("session_id", session)
                .put("state", state.toString())
                .put("from", from)
                .put("code", code)
                .build()
                .bytes();
    }
}
