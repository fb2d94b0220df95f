package org.chancery.ledger.export;

import java.util.Locale;
import java.util.Set;

/// Where things lie in an export.
public final class ExportLayout {
    /// The list of all other files.
    public static final String MANIFEST = "manifest.json";

    /// The leaf that names the manifest, and its proof.
    public static final String EXPORT = "export.json";

    public static final String EXPORT_PROOF = "export.tlog-proof";

    /// The leaf of the case, and its proof.
    public static final String CASE = "case.json";

    public static final String CASE_PROOF = "case.tlog-proof";

    /// The signed events of the room, one a line.
    public static final String EVENTS = "room/events.jsonl";

    /// The room's leaves, one a line.
    public static final String LEAVES = "room/leaves.jsonl";

    public static final String SERVERS = "room/servers.json";

    public static final String COMPLETENESS = "room/completeness.json";

    /// What was read, what was not, and why.
    public static final String OPENED = "room/opened.json";

    /// What the encrypted events say, one a line.
    public static final String MESSAGES = "room/messages.jsonl";

    /// Who was a member when, under which name, one change a line.
    public static final String MEMBERS = "room/members.jsonl";

    /// The changes of the keys of members, one a line.
    public static final String KEY_CHANGES = "room/key-changes.jsonl";

    /// The leaf over the pieces of the messages, which proves redacted ones, and its proof.
    public static final String PIECES = "pieces.json";

    public static final String PIECES_PROOF = "pieces.tlog-proof";

    /// The salts and digests of the pieces, one message a line.
    public static final String PIECE_SALTS = "room/pieces.jsonl";

    /// The hash of each message that was opened, in pieces, one a line.
    public static final String PIECE_LEAVES = "room/piece-leaves.txt";

    /// What the manifest cannot name, as it is named by it or made after it.
    public static final Set<String> OUTSIDE_MANIFEST =
            Set.of(MANIFEST, EXPORT, EXPORT_PROOF, PIECES_PROOF);

    private ExportLayout() {}

    /// The proof of the room's leaf with that number.
    public static String leafProof(long number) {
        return String.format(Locale.ROOT, "room/leaves/%06d.tlog-proof", number);
    }

    /// The proof of the change of keys with that number.
    public static String keyChangeProof(long number) {
        return String.format(Locale.ROOT, "room/key-changes/%06d.tlog-proof", number);
    }
}
