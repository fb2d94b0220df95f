package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A key and a certificate for localhost, made by the JDK's own tool.
record SelfSigned(KeyStore keys) {
    private static final char[] PASSWORD = "changeit".toCharArray();

    /// @param algorithm `EC`, `RSA` or `Ed25519`
    static SelfSigned make(Path folder, String algorithm) throws Exception {
        var file = folder.resolve(algorithm + ".p12");
        Files.deleteIfExists(file);
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var words =
                "-genkeypair -alias a -dname CN=localhost -ext san=dns:localhost -storetype PKCS12"
                        + " -storepass changeit -keyalg ";
        var process =
                new ProcessBuilder(command(tool, words + algorithm, file)).inheritIO().start();
        assertEquals(0, process.waitFor());
        return new SelfSigned(KeyStore.getInstance(file.toFile(), PASSWORD));
    }

    private static List<String> command(String tool, String words, Path file) {
        var command = new ArrayList<String>();
        command.add(tool);
        command.addAll(List.of(words.split(" ", -1)));
        command.addAll(List.of("-keystore", file.toString()));
        return command;
    }

    /// Writes both as PEM files.
    HttpConfig.Tls write(Path folder) throws Exception {
        return new HttpConfig.Tls(writeCertificate(folder), writeKey(folder));
    }

    Path writeCertificate(Path folder) throws Exception {
        return pem(folder, "CERTIFICATE", keys.getCertificate("a").getEncoded());
    }

    Path writeKey(Path folder) throws Exception {
        return pem(folder, "PRIVATE KEY", keys.getKey("a", PASSWORD).getEncoded());
    }

    private static Path pem(Path folder, String kind, byte[] der) throws IOException {
        var text = Base64.getMimeEncoder().encodeToString(der);
        return Files.writeString(
                folder.resolve(kind + ".pem"),
                "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }

    /// A client that trusts nothing else.
    HttpClient client(HttpClient.Version version) throws Exception {
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("a", keys.getCertificate("a"));
        var managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).version(version).build();
    }
}
