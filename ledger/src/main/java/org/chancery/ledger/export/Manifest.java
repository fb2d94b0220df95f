package org.chancery.ledger.export;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.tlog.merkle.Hash;

/// The files of an export, each with its length and hash; the export's leaf names the hash of this
/// list, and so every byte.
public record Manifest(SortedMap<String, File> files) {
    public static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final String TYPE = "org.chancery.manifest.v1";
    private static final int FILES_MAX = 200_000;
    private static final Pattern PATH = Pattern.compile("[\\w.-]+(/[\\w.-]+)*");

    /// A file's length and the leaf hash (RFC 6962) of its bytes.
    public record File(long length, Hash hash) {
        public static File of(byte[] bytes) {
            return new File(bytes.length, Hash.leaf(bytes));
        }
    }

    public Manifest {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        for (String path : files.keySet()) {
            boolean plain = PATH.matcher(path).matches() && !path.contains("..");
            if (!plain || ExportLayout.OUTSIDE_MANIFEST.contains(path)) {
                throw new MalformedLeaf("a path");
            }
        }
    }

    /// Throws [MalformedLeaf].
    public static Manifest parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var files = new TreeMap<String, File>();
        var last = "";
        for (JsonValue each : document.array("files", FILES_MAX)) {
            var file = Document.of(each);
            var path = file.text("path");
            if (path.compareTo(last) <= 0) {
                throw new MalformedLeaf("files that are not in order");
            }
            files.put(path, new File(file.number("length"), file.hash("hash")));
            file.end();
            last = path;
        }
        document.end();
        return new Manifest(files);
    }

    public byte[] bytes() {
        List<JsonObject> list = new ArrayList<>();
        files.forEach(
                (path, file) ->
                        list.add(
                                JsonObject.builder()
                                        .put("path", path)
                                        .put("length", file.length())
                                        .put("hash", file.hash().toString())
                                        .build()));
        var json = JsonObject.builder().put("type", TYPE).put("files", JsonArray.of(list));
        return json.build().bytes();
    }
}
