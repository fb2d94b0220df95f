package org.chancery.api.web;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The codings in which a file of the web client may lie ready, the best first (RFC 9110, 8.4.1).
enum Coding {
    BROTLI("br", "br", ".br"),
    GZIP("gzip", "gz", ".gz"),
    PLAIN("identity", "bytes", "");

    private static final int ELEMENTS_MAX = 32;

    private final String token;
    private final String inList;
    private final String ending;

    Coding(String token, String inList, String ending) {
        this.token = token;
        this.inList = inList;
        this.ending = ending;
    }

    /// As in `Content-Encoding`; empty where the header is not sent.
    Optional<String> token() {
        return this == PLAIN ? Optional.empty() : Optional.of(token);
    }

    /// The member of the client's list that holds the length.
    String inList() {
        return inList;
    }

    /// What the name of the file ends with.
    String ending() {
        return ending;
    }

    /// The best of what is there that the client accepts; plain where it accepts none.
    ///
    /// @param accepted the header `Accept-Encoding`
    static Coding best(Set<Coding> there, Optional<String> accepted) {
        String[] elements = accepted.orElse("").split(",", ELEMENTS_MAX);
        for (Coding coding : values()) {
            if (coding != PLAIN && there.contains(coding) && coding.isAcceptedBy(elements)) {
                return coding;
            }
        }
        return PLAIN;
    }

    /// What is named counts before the asterisk.
    private boolean isAcceptedBy(String[] elements) {
        boolean accepted = false;
        for (String element : elements) {
            String[] parts = element.toLowerCase(Locale.ROOT).split(";", 2);
            String name = parts[0].strip();
            boolean wanted = parts.length < 2 || !isZero(parts[1]);
            if (name.equals(token)) {
                return wanted;
            }
            accepted |= name.equals("*") && wanted;
        }
        return accepted;
    }

    private static boolean isZero(String weight) {
        return weight.replace(" ", "").matches("q=0(\\.0*)?");
    }
}
