package org.chancery.api.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Reads a certificate chain and its key from PEM files.
final class PemKeys {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final byte[] PROBE = "probe".getBytes(StandardCharsets.US_ASCII);
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
        var key = key(files, chain[0].getPublicKey().getAlgorithm());
        if (!fits(key, chain[0])) {
            throw new IOException(files.key() + " is not the key of " + files.certificates());
        }
        store.setKeyEntry("server", key, new char[0], chain);
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
        try {
            return KeyFactory.getInstance(algorithm).generatePrivate(spec);
        } catch (InvalidKeySpecException e) {
            throw new IOException(files.key() + " is not the key of " + files.certificates(), e);
        }
    }

    /// Whether what the key signs the certificate confirms.
    private static boolean fits(PrivateKey key, Certificate certificate)
            throws GeneralSecurityException {
        var signature = Signature.getInstance(signing(key.getAlgorithm()));
        signature.initSign(key);
        signature.update(PROBE);
        var signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(PROBE);
        return signature.verify(signed);
    }

    private static String signing(String algorithm) {
        return switch (algorithm) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> algorithm; // Ed25519 and Ed448 are both.
        };
    }
}
