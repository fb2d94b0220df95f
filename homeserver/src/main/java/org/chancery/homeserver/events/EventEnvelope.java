package org.chancery.homeserver.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// What a signed event holds besides what clients see, in binary: its depth, its references as
/// positions, the raw content hash and signatures. With the client bytes it gives back the PDU byte
/// for byte, and saves some 350 bytes an event. An event that does not fit (a key that no room
/// version knows, a reference to an event that we lack) keeps its raw bytes.
///
/// ```
/// 1 | depth | n, distances back to prev_events | n, to auth_events | hash 32
///   | n signatures: server, key id, 64 bytes                   numbers are LEB128
/// 0 | raw canonical JSON
/// ```
public final class EventEnvelope {
    private static final byte RAW = 0;
    private static final byte COMPACT = 1;
    private static final int HASH_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    /// What the envelope holds.
    private static final Set<String> ENVELOPED =
            Set.of("auth_events", "prev_events", "depth", "hashes", "signatures");

    /// What is known from where the event stands.
    private static final Set<String> IMPLIED = Set.of("event_id", "room_id");

    private static final Set<String> SHOWN =
            Set.of("content", "origin_server_ts", "sender", "type", "state_key", "redacts");

    private EventEnvelope() {}

    /// The part of a PDU that clients see, wherever it is shown.
    public static JsonObject shown(JsonObject pdu) {
        JsonObject.Builder shown = JsonObject.builder();
        for (JsonObject.Member member : pdu.entries()) {
            if (SHOWN.contains(member.name())) {
                shown.put(member.name(), member.value());
            }
        }
        return shown.build();
    }

    /// The envelope of an event about to be written; its references are placed.
    public static byte[] encode(NewEvent event, long position) {
        JsonObject pdu = event.pdu().json();
        return fits(event, pdu) ? compact(event, pdu, position) : raw(pdu);
    }

    /// The PDU of which `shown` and `envelope` were made.
    ///
    /// @param ids the ids of events by position
    public static JsonObject decode(
            RoomRef room,
            EventId id,
            long position,
            JsonObject shown,
            byte[] envelope,
            LongFunction<EventId> ids) {
        ByteBuffer in = ByteBuffer.wrap(envelope);
        if (in.get() == RAW) {
            byte[] json = new byte[in.remaining()];
            in.get(json);
            return Json.parseObject(json);
        }
        JsonObject.Builder pdu = shown.toBuilder();
        pdu.put("depth", number(in));
        pdu.put("prev_events", references(in, position, ids));
        pdu.put("auth_events", references(in, position, ids));
        pdu.put("hashes", JsonObject.of("sha256", BASE64.encodeToString(bytes(in, HASH_BYTES))));
        pdu.put("signatures", signatures(in));
        boolean isCreate =
                shown.string("type").orElse("").equals("m.room.create") && shown.has("state_key");
        if (!(isCreate && room.version().roomIdFromCreate())) {
            pdu.put("room_id", room.id().value());
        }
        return pdu.build();
    }

    /// The positions to which an envelope refers; empty where it is raw.
    public static List<Long> references(long position, byte[] envelope) {
        ByteBuffer in = ByteBuffer.wrap(envelope);
        if (in.get() == RAW) {
            return List.of();
        }
        number(in);
        List<Long> all = new ArrayList<>();
        for (int list = 0; list < 2; list++) {
            for (long left = number(in); left > 0; left--) {
                all.add(position - number(in));
            }
        }
        return all;
    }

    private static boolean fits(NewEvent event, JsonObject pdu) {
        if (event.pdu().version().referencesCarryHashes()
                || event.links().prevEvents().size() != event.pdu().prevEvents().size()
                || event.links().authEvents().size() != event.pdu().authEvents().size()) {
            return false;
        }
        for (JsonObject.Member member : pdu.entries()) {
            if (!SHOWN.contains(member.name())
                    && !ENVELOPED.contains(member.name())
                    && !IMPLIED.contains(member.name())) {
                return false;
            }
        }
        return contentHash(pdu).isPresent() && signaturesFit(pdu);
    }

    private static Optional<byte[]> contentHash(JsonObject pdu) {
        return pdu.object("hashes")
                .filter(hashes -> hashes.size() == 1)
                .flatMap(hashes -> hashes.string("sha256"))
                .flatMap(text -> exact(text, HASH_BYTES));
    }

    private static boolean signaturesFit(JsonObject pdu) {
        JsonObject signatures = pdu.object("signatures").orElse(JsonObject.EMPTY);
        for (JsonObject.Member server : signatures.entries()) {
            if (!(server.value() instanceof JsonObject keys) || keys.isEmpty()) {
                return false;
            }
            for (JsonObject.Member key : keys.entries()) {
                if (!(key.value() instanceof JsonString(var text))
                        || exact(text, SIGNATURE_BYTES).isEmpty()) {
                    return false;
                }
            }
        }
        return !signatures.isEmpty();
    }

    /// The bytes behind unpadded base64, if writing them again gives the same text.
    private static Optional<byte[]> exact(String text, int length) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return bytes.length == length && BASE64.encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] raw(JsonObject pdu) {
        byte[] json = pdu.bytes();
        return ByteBuffer.allocate(1 + json.length).put(RAW).put(json).array();
    }

    private static byte[] compact(NewEvent event, JsonObject pdu, long position) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(160);
        out.write(COMPACT);
        writeNumber(out, event.pdu().depth());
        writeReferences(out, event.links().prevEvents(), position);
        writeReferences(out, event.links().authEvents(), position);
        out.writeBytes(contentHash(pdu).orElseThrow());
        JsonObject signatures = pdu.object("signatures").orElseThrow();
        int count = 0;
        for (JsonObject.Member server : signatures.entries()) {
            count += ((JsonObject) server.value()).size();
        }
        writeNumber(out, count);
        for (JsonObject.Member server : signatures.entries()) {
            for (JsonObject.Member key : ((JsonObject) server.value()).entries()) {
                writeText(out, server.name());
                writeText(out, key.name());
                String text = ((JsonString) key.value()).value();
                out.writeBytes(exact(text, SIGNATURE_BYTES).orElseThrow());
            }
        }
        return out.toByteArray();
    }

    private static void writeReferences(
            ByteArrayOutputStream out, List<EventRef> references, long position) {
        writeNumber(out, references.size());
        for (EventRef reference : references) {
            writeNumber(out, position - reference.position());
        }
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static void writeText(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        writeNumber(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static JsonArray references(ByteBuffer in, long position, LongFunction<EventId> ids) {
        List<JsonValue> references = new ArrayList<>();
        for (long left = number(in); left > 0; left--) {
            references.add(new JsonString(ids.apply(position - number(in)).value()));
        }
        return JsonArray.of(references);
    }

    private static JsonObject signatures(ByteBuffer in) {
        JsonObject signatures = JsonObject.EMPTY;
        for (long left = number(in); left > 0; left--) {
            String server = text(in);
            String key = text(in);
            String signature = BASE64.encodeToString(bytes(in, SIGNATURE_BYTES));
            JsonObject keys = signatures.object(server).orElse(JsonObject.EMPTY);
            signatures = signatures.with(server, keys.with(key, signature));
        }
        return signatures;
    }

    private static long number(ByteBuffer in) {
        long number = 0;
        int shift = 0;
        byte next = in.get();
        while (next < 0) {
            number |= (next & 0x7fL) << shift;
            shift += 7;
            next = in.get();
        }
        return number | ((long) next << shift);
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, (int) number(in)), UTF_8);
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
