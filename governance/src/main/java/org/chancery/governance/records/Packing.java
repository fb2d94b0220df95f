package org.chancery.governance.records;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Packs the bytes of a piece. Most of an encrypted event is base64, of which a quarter goes at
/// little cost; what has less of it is deflated, with a dictionary of what every event holds.
///
/// ```
/// 0 | the bytes as they are
/// 1 | deflated, without header, with the first dictionary
/// 2 | base64 written as bytes, see Base64Runs
/// ```
final class Packing {
    private static final byte PLAIN = 0;
    private static final byte DEFLATED = 1;
    private static final byte UNBASED = 2;

    /// Events are at most 64 KiB, to-device messages and keys little more.
    private static final int BYTES_MAX = 1 << 20;

    private static final int WORTHWHILE = 128;
    private static final int CHUNK = 8_192;
    private static final int IDLE_MAX = 4;

    /// Never changed: what was packed with it is unpacked with it. What is most frequent stands
    /// last.
    private static final byte[] DICTIONARY =
            """
            {"content":{"m.relates_to":{"event_id":"$","rel_type":"m.thread","m.in_reply_to":\
            {"event_id":"$"},"is_falling_back":true},"rel_type":"m.replace","m.annotation",\
            "membership":"join","displayname":"","avatar_url":"mxc://"},"type":"m.room.member",\
            "state_key":"@","type":"m.room.redaction","redacts":"$","type":"m.reaction",\
            "m.olm.v1.curve25519-aes-sha2","ciphertext":{"":{"body":"Aw","type":0}},\
            "org.matrix.msgid":"","sender_device":"","received_ts":,"device_id":"",\
            {"auth_events":["$","$","$"],"content":{"algorithm":"m.megolm.v1.aes-sha2",\
            "ciphertext":"AwgAEo","device_id":"","sender_key":"","session_id":""},"depth":1,\
            "hashes":{"sha256":""},"origin_server_ts":17,"prev_events":["$"],"room_id":"!",\
            "sender":"@","signatures":{"":{"ed25519:a_":""}},"type":"m.room.encrypted"}\
            """
                    .getBytes(US_ASCII);

    /// Making one costs more than to pack an event with it.
    private final ArrayBlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(IDLE_MAX);

    byte[] pack(byte[] bytes) {
        if (bytes.length >= WORTHWHILE) {
            Optional<byte[]> unbased =
                    Base64Runs.pack(UNBASED, bytes, bytes.length - bytes.length / 8);
            if (unbased.isPresent()) {
                return unbased.get();
            }
            byte[] packed = new byte[bytes.length];
            packed[0] = DEFLATED;
            Deflater deflater = deflater();
            try {
                deflater.setDictionary(DICTIONARY);
                deflater.setInput(bytes);
                deflater.finish();
                int length = deflater.deflate(packed, 1, packed.length - 1);
                if (deflater.finished()) {
                    return Arrays.copyOf(packed, length + 1);
                }
            } finally {
                giveBack(deflater);
            }
        }
        byte[] plain = new byte[bytes.length + 1];
        plain[0] = PLAIN;
        System.arraycopy(bytes, 0, plain, 1, bytes.length);
        return plain;
    }

    private Deflater deflater() {
        Deflater known = idle.poll();
        return known == null ? new Deflater(Deflater.BEST_SPEED, true) : known;
    }

    private void giveBack(Deflater deflater) {
        deflater.reset();
        if (!idle.offer(deflater)) {
            deflater.end();
        }
    }

    static byte[] unpack(Place place, byte[] packed) {
        if (packed.length > 0 && packed[0] == PLAIN) {
            return Arrays.copyOfRange(packed, 1, packed.length);
        }
        if (packed.length > 0 && packed[0] == UNBASED) {
            return Base64Runs.unpack(packed, BYTES_MAX)
                    .orElseThrow(() -> new Unreadable(place, "its packing is broken"));
        }
        if (packed.length == 0 || packed[0] != DEFLATED) {
            throw new Unreadable(place, "packed in a way that is not known");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(packed.length * 2);
            byte[] chunk = new byte[CHUNK];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 || out.size() + length > BYTES_MAX) {
                    throw new Unreadable(place, "its packing is broken");
                }
                out.write(chunk, 0, length);
            }
            return out.toByteArray();
        } catch (DataFormatException e) {
            throw new Unreadable(place, "its packing is broken");
        } finally {
            inflater.end();
        }
    }
}
