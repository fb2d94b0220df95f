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

    /// What the manifest cannot name, as it is named by it.
    public static final Set<String> OUTSIDE_MANIFEST = Set.of(MANIFEST, EXPORT, EXPORT_PROOF);

    private ExportLayout() {}

    /// The proof of the room's leaf with that number.
    public static String leafProof(long number) {
        return String.format(Locale.ROOT, "room/leaves/%06d.tlog-proof", number);
    }
}
