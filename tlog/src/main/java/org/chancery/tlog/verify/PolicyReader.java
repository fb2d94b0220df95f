package org.chancery.tlog.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.NoteText;
import org.chancery.tlog.note.VerifierKey;
import org.jspecify.annotations.Nullable;

/// Reads a policy line by line (C2SP tlog-policy, "Policy file syntax and structure"). Names are
/// octets, which Latin-1 keeps apart one by one.
final class PolicyReader {
    private static final int BYTES_MAX = 64 * 1024;
    private static final int DEFINITIONS_MAX = 256;
    private static final String NONE = "none";

    private final List<VerifierKey> logs = new ArrayList<>();
    private final Map<String, Quorum> defined = new LinkedHashMap<>();
    private final Map<String, VerifierKey> witnesses = new LinkedHashMap<>();
    private final Map<String, String> urls = new LinkedHashMap<>();
    private final Set<String> publicKeys = new HashSet<>();
    private final Set<String> members = new HashSet<>();
    private @Nullable Quorum quorum;
    private int line;

    Policy read(byte[] bytes) {
        String text = new String(bytes, ISO_8859_1);
        if (bytes.length > BYTES_MAX) {
            throw new MalformedPolicy(0, "too long");
        }
        for (String each : text.split("\n", -1)) {
            line++;
            if (each.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
                throw wrong("a control character");
            }
            var words = new ArrayList<>(Arrays.asList(each.split("[ \t]+")));
            words.removeIf(String::isEmpty);
            if (!words.isEmpty() && !words.getFirst().startsWith("#")) {
                define(words);
            }
        }
        if (!text.isEmpty() && !text.endsWith("\n")) {
            throw wrong("a line without its end");
        }
        if (quorum == null) {
            throw wrong("no quorum");
        }
        return new Policy(logs, witnesses, urls, quorum);
    }

    private void define(List<String> words) {
        if (logs.size() + defined.size() >= DEFINITIONS_MAX) {
            throw wrong("too many definitions");
        }
        switch (words.getFirst()) {
            case "log" -> log(words);
            case "witness" -> witness(words);
            case "group" -> group(words);
            case "quorum" -> quorum(words);
            default -> throw wrong("neither log, witness, group nor quorum");
        }
    }

    private void log(List<String> words) {
        if (words.size() != 2 && words.size() != 3) {
            throw wrong("log KEY [URL]");
        }
        logs.add(key(words.get(1), VerifierKey.Use.NOTE));
    }

    private void witness(List<String> words) {
        if (words.size() != 3 && words.size() != 4) {
            throw wrong("witness NAME KEY [URL]");
        }
        var key = key(words.get(2), VerifierKey.Use.COSIGNATURE);
        name(words.get(1), new Quorum.Witness(words.get(1), key));
        witnesses.put(words.get(1), key);
        if (words.size() == 4) {
            urls.put(words.get(1), words.get(3));
        }
    }

    private void group(List<String> words) {
        if (words.size() < 4) {
            throw wrong("group NAME all|any|K NAME...");
        }
        var group = new ArrayList<Quorum>();
        for (String name : words.subList(3, words.size())) {
            var member = defined.get(name);
            if (member == null) {
                throw wrong("a member that no line above defines");
            }
            if (!members.add(name)) {
                throw wrong("a member for the second time");
            }
            group.add(member);
        }
        name(words.get(1), new Quorum.Group(least(words.get(2), group.size()), group));
    }

    private int least(String word, int size) {
        long least =
                switch (word) {
                    case "any" -> 1;
                    case "all" -> size;
                    default -> number(word);
                };
        if (least < 1 || least > size) {
            throw wrong("a group needs between one and all of its members");
        }
        return (int) least;
    }

    private long number(String word) {
        try {
            return NoteText.number(word);
        } catch (MalformedNote e) {
            throw wrong("neither all, any nor a number");
        }
    }

    private void quorum(List<String> words) {
        if (words.size() != 2 || quorum != null) {
            throw wrong("quorum NAME, once");
        }
        quorum = words.get(1).equals(NONE) ? new Quorum.None() : defined.get(words.get(1));
        if (quorum == null) {
            throw wrong("a quorum that no line above defines");
        }
    }

    private void name(String name, Quorum meaning) {
        if (name.equals(NONE) || defined.put(name, meaning) != null) {
            throw wrong("a name for the second time");
        }
    }

    private VerifierKey key(String word, VerifierKey.Use use) {
        VerifierKey key;
        try {
            key = VerifierKey.parse(NoteText.decode(word.getBytes(ISO_8859_1)));
        } catch (MalformedNote e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
        if (key.use() != use) {
            throw wrong("a key for another use");
        }
        if (!publicKeys.add(use + NoteText.base64(key.publicKey()))) {
            throw wrong("a key for the second time");
        }
        return key;
    }

    private MalformedPolicy wrong(String message) {
        return new MalformedPolicy(line, message);
    }
}
