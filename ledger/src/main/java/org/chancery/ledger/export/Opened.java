package org.chancery.ledger.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// What an opening says of what it read: of the encrypted events in scope how many, which of them
/// it
/// could not read and why, which files are missing, and how many of what it read it handed over.
///
/// @param encrypted how many encrypted events of the room are in scope
/// @param exported how many of those that were read are in the export
/// @param search the words that were searched for; empty where all that was read is handed over
public record Opened(
        long from,
        long until,
        long encrypted,
        long exported,
        String search,
        List<Unread> unread,
        List<MissingFile> files) {
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final String TYPE = "org.chancery.opened.v1";
    private static final int GAPS_MAX = 1_000_000;

    /// Why an event stayed closed.
    public enum Cause {
        /// The sender's client said that it keeps the key back.
        WITHHELD,
        /// No key of its session ever came to the opened devices.
        NO_KEY,
        /// The server saw a key come, and it is gone: it was disposed of, or was for another
        /// period.
        KEY_EXPIRED,
        /// A key may have come in an Olm message that could not be read.
        OLM_UNREADABLE,
        /// The key came, but counts from a later message.
        EARLIER_THAN_KEY,
        /// The event does not decrypt: it was changed, or made with something else.
        UNDECRYPTABLE,
        /// It decrypts to something that is not of this room, or not of this sender.
        NOT_OF_THIS_ROOM,
        UNKNOWN_ALGORITHM;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Cause parse(String text) {
            for (Cause cause : values()) {
                if (cause.toString().equals(text)) {
                    return cause;
                }
            }
            throw new MalformedLeaf("a cause");
        }
    }

    /// An event in scope that was not read.
    ///
    /// @param detail such as the code of a client that withholds
    public record Unread(EventId event, Cause cause, String detail) {}

    /// Why a file is not there.
    public enum FileCause {
        /// The dossier has no such file.
        MISSING,
        /// It was destroyed under the schedule.
        DISPOSED,
        /// Its bytes are not those that the event names.
        CHANGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static FileCause parse(String text) {
            for (FileCause cause : values()) {
                if (cause.toString().equals(text)) {
                    return cause;
                }
            }
            throw new MalformedLeaf("a cause");
        }
    }

    /// An attachment that an opened event names and that is not in the export.
    public record MissingFile(EventId event, String mxc, FileCause cause) {}

    public Opened {
        unread = List.copyOf(unread);
        files = List.copyOf(files);
        if (unread.size() > encrypted || exported > encrypted - unread.size()) {
            throw new MalformedLeaf("an opening that contradicts itself");
        }
    }

    /// How many events were read.
    public long read() {
        return encrypted - unread.size();
    }

    /// Throws [MalformedLeaf].
    public static Opened parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var unread = new ArrayList<Unread>();
        for (JsonValue each : document.array("unread", GAPS_MAX)) {
            var gap = Document.of(each);
            unread.add(
                    new Unread(
                            gap.parsed("event_id", EventId::parse),
                            Cause.parse(gap.text("cause")),
                            gap.text("detail")));
            gap.end();
        }
        var files = new ArrayList<MissingFile>();
        for (JsonValue each : document.array("files", GAPS_MAX)) {
            var gap = Document.of(each);
            files.add(
                    new MissingFile(
                            gap.parsed("event_id", EventId::parse),
                            gap.text("mxc"),
                            FileCause.parse(gap.text("cause"))));
            gap.end();
        }
        var opened =
                new Opened(
                        document.number("from"),
                        document.number("until"),
                        document.number("encrypted"),
                        document.number("exported"),
                        document.text("search"),
                        unread,
                        files);
        document.end();
        return opened;
    }

    public byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("from", from)
                .put("until", until)
                .put("encrypted", encrypted)
                .put("exported", exported)
                .put("search", search)
                .put("unread", JsonArray.of(unread.stream().map(Opened::json).toList()))
                .put("files", JsonArray.of(files.stream().map(Opened::json).toList()))
                .build()
                .bytes();
    }

    private static JsonObject json(Unread gap) {
        return JsonObject.EMPTY
                .with("event_id", gap.event().value())
                .with("cause", gap.cause().toString())
                .with("detail", gap.detail());
    }

    private static JsonObject json(MissingFile gap) {
        return JsonObject.EMPTY
                .with("event_id", gap.event().value())
                .with("mxc", gap.mxc())
                .with("cause", gap.cause().toString());
    }
}
