package org.chancery.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Reads a certificate chain and its key from PEM files.
final class PemKeys {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private PemKeys() {}

    static KeyStore read(HttpConfig.Tls files) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var chain =
                CertificateFactory.getInstance("X.509")
                        .generateCertificates(
                                new ByteArrayInputStream(Files.readAllBytes(files.certificates())))
                        .toArray(Certificate[]::new);
        if (chain.length == 0) {
            throw new IOException("no certificate in " + files.certificates());
        }
        store.setKeyEntry(
                "server", key(files, chain[0].getPublicKey().getAlgorithm()), new char[0], chain);
        return store;
    }

    private static PrivateKey key(HttpConfig.Tls files, String algorithm)
            throws IOException, GeneralSecurityException {
        var text = Files.readString(files.key(), StandardCharsets.US_ASCII);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    files.key()
                            + " holds no PKCS#8 key; convert it: openssl pkcs8 -topk8 -nocrypt");
        }
        var spec =
                new PKCS8EncodedKeySpec(
                        Base64.getMimeDecoder()
                                .decode(text.substring(begin + BEGIN.length(), end)));
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    }
}
