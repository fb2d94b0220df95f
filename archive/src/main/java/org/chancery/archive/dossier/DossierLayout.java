package org.chancery.archive.dossier;

import java.util.Locale;

/// Where things lie in a dossier.
final class DossierLayout {
    static final String INDEX = "dossier.json";
    static final String CASE = "case.json";
    static final String CASE_PROOF = "case.tlog-proof";
    static final String BINDING = "binding.json";
    static final String BINDING_PROOF = "binding.tlog-proof";
    static final String IDENTITY = "identity.json";
    static final String SERVERS = "servers.json";
    static final String EVENTS = "events";
    static final String INBOX = "inbox";
    static final String KEY_CHANGES = "key-changes";
    static final String SESSIONS = "sessions";
    static final String BLOBS = "blobs";

    private DossierLayout() {}

    /// A file of the room that stands at that place in the case's scope, from 0.
    static String of(int place, String file) {
        return String.format(Locale.ROOT, "rooms/%03d/%s", place, file);
    }

    static String leaf(int number) {
        return String.format(Locale.ROOT, "leaves/%06d.json", number);
    }

    static String leafProof(int number) {
        return String.format(Locale.ROOT, "leaves/%06d.tlog-proof", number);
    }

    static String blob(String sha256) {
        return "files/" + sha256;
    }
}
