package org.chancery.custody.opening;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;

/// A file that an opened event names, with the key to it (client-server API, "Sending encrypted
/// attachments").
///
/// @param name as the sender called it, in letters that every disk takes
/// @param file the `EncryptedFile`
record Attachment(String mxc, String name, JsonObject file) {
    private static final int NAME_LENGTH_MAX = 60;
    private static final int KEY_BYTES = 32;
    private static final int IV_BYTES = 16;

    /// The files that an event names: its own, its thumbnail's, those of an edit.
    static List<Attachment> of(JsonObject plain) {
        List<Attachment> found = new ArrayList<>();
        JsonObject content = plain.object("content").orElse(JsonObject.EMPTY);
        add(content, found);
        content.object("m.new_content").ifPresent(edit -> add(edit, found));
        return found;
    }

    private static void add(JsonObject content, List<Attachment> found) {
        String name = content.string("filename").or(() -> content.string("body")).orElse("file");
        content.object("file").ifPresent(file -> add(name, file, found));
        content.object("info")
                .flatMap(info -> info.object("thumbnail_file"))
                .ifPresent(file -> add("thumbnail", file, found));
    }

    private static void add(String name, JsonObject file, List<Attachment> found) {
        file.string("url").ifPresent(mxc -> found.add(new Attachment(mxc, plain(name), file)));
    }

    private static String plain(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("\\.\\.+|^[.-]+", "");
        return plain.isEmpty()
                ? "file"
                : plain.substring(Math.max(0, plain.length() - NAME_LENGTH_MAX))
                        .replaceAll("^[.-]+", "");
    }

    /// The bytes as they were sent; empty where these are not the bytes that the event names, or it
    /// names no key.
    Optional<byte[]> decrypt(byte[] stored) {
        Optional<byte[]> hash =
                file.object("hashes")
                        .flatMap(hashes -> hashes.string("sha256"))
                        .flatMap(UnpaddedBase64::decode);
        Optional<byte[]> iv = file.string("iv").flatMap(UnpaddedBase64::decode);
        Optional<byte[]> key =
                file.object("key").flatMap(jwk -> jwk.string("k")).flatMap(Attachment::urlSafe);
        boolean whole =
                hash.isPresent()
                        && iv.filter(bytes -> bytes.length == IV_BYTES).isPresent()
                        && key.filter(bytes -> bytes.length == KEY_BYTES).isPresent();
        try {
            if (!whole
                    || !MessageDigest.isEqual(
                            MessageDigest.getInstance("SHA-256").digest(stored),
                            hash.orElseThrow())) {
                return Optional.empty();
            }
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(key.orElseThrow(), "AES"),
                    new IvParameterSpec(iv.orElseThrow()));
            return Optional.of(cipher.doFinal(stored));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no AES or SHA-256 in this runtime", e);
        }
    }

    private static Optional<byte[]> urlSafe(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // No key then, which is told as a changed file.
        }
    }
}
