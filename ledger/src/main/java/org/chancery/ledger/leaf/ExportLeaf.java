package org.chancery.ledger.leaf;

import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;

/// That an export was handed over: for which case, of which room, and the one list of its files.
///
/// @param caseLeaf the leaf hash of the case under which the room was opened
/// @param manifest the leaf hash of the bytes of `manifest.json`
public record ExportLeaf(RoomId room, Hash caseLeaf, Hash manifest, long madeAt) {
    public static final String TYPE = "org.chancery.export.v1";
    private static final int BYTES_MAX = 4_096;

    public ExportLeaf {
        if (madeAt < 0) {
            throw new MalformedLeaf("made_at");
        }
    }

    /// Throws [MalformedLeaf].
    public static ExportLeaf parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var leaf =
                new ExportLeaf(
                        document.parsed("room_id", RoomId::parse),
                        document.hash("case"),
                        document.hash("manifest"),
                        document.number("made_at"));
        document.end();
        return leaf;
    }

    /// The bytes that are logged.
    public byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("room_id", room.toString())
                .put("case", caseLeaf.toString())
                .put("manifest", manifest.toString())
                .put("made_at", madeAt)
                .build()
                .bytes();
    }
}
