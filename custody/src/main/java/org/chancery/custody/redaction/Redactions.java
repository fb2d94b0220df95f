package org.chancery.custody.redaction;

import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.stock.Fields;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;

/// What an archivist decided to cut out, as a file.
///
/// @param texts ranges of texts
/// @param pictures attachments that go out, each with the boxes that are painted over
record Redactions(List<Range> texts, List<Picture> pictures) {
    static final int BYTES_MAX = 1 << 24;
    private static final String TYPE = "org.chancery.redactions.v1";
    private static final int LENGTH_MAX = 1 << 16;
    private static final int COUNT_MAX = 100_000;
    private static final int SIDE_MAX = 100_000;

    /// A range of a text of a message; the words that it touches go.
    ///
    /// @param path of the text in the message, such as `/content/body`; empty for all of it
    /// @param until the first place after the range, in UTF-16 units
    record Range(EventId event, String path, int from, int until, Ground ground) {}

    /// A picture by its path in the export.
    record Picture(String path, List<Box> boxes) {
        Picture {
            boxes = List.copyOf(boxes);
        }
    }

    /// In pixels from the upper left corner.
    record Box(int x, int y, int width, int height, Ground ground) {}

    Redactions {
        texts = List.copyOf(texts);
        pictures = List.copyOf(pictures);
    }

    static Redactions parse(byte[] bytes) {
        Fields fields = Fields.ofType(Fields.canonical(bytes, BYTES_MAX, "redactions"), TYPE);
        List<Range> texts = new ArrayList<>();
        fields.objects("texts", COUNT_MAX).forEach(one -> texts.add(range(one)));
        List<Picture> pictures = new ArrayList<>();
        fields.objects("pictures", COUNT_MAX).forEach(one -> pictures.add(picture(one)));
        fields.end();
        return new Redactions(texts, pictures);
    }

    private static Range range(JsonObject json) {
        Fields fields = Fields.of(json, "a redaction");
        Range range =
                new Range(
                        fields.parsed("event_id", EventId::parse),
                        fields.text("path"),
                        fields.number("from", 0, LENGTH_MAX),
                        fields.number("until", 0, LENGTH_MAX),
                        new Ground(fields.text("ground")));
        fields.end();
        return range;
    }

    private static Picture picture(JsonObject json) {
        Fields fields = Fields.of(json, "a picture");
        List<Box> boxes = new ArrayList<>();
        fields.objects("boxes", 1_000).forEach(one -> boxes.add(box(one)));
        Picture picture = new Picture(fields.text("path"), boxes);
        fields.end();
        fields.must(
                picture.path().matches("attachments/[A-Za-z0-9_-][A-Za-z0-9._-]*"),
                "it is an attachment of the export");
        return picture;
    }

    private static Box box(JsonObject json) {
        Fields fields = Fields.of(json, "a box");
        Box box =
                new Box(
                        fields.number("x", 0, SIDE_MAX),
                        fields.number("y", 0, SIDE_MAX),
                        fields.number("width", 1, SIDE_MAX),
                        fields.number("height", 1, SIDE_MAX),
                        new Ground(fields.text("ground")));
        fields.end();
        return box;
    }
}
