package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class CertificateTest {
    @TempDir Path folder;

    @Test
    void a_new_certificate_is_taken_into_use_without_a_restart() throws Exception {
        var old = SelfSigned.make(folder, "EC");
        var renewed = SelfSigned.make(folder, "EC");

        try (var server = server(old.write(folder))) {
            server.start();
            assertTrue(reaches(server, old));
            assertFalse(reaches(server, renewed));
            renewed.write(folder);

            while (!reaches(server, renewed)) { // The test's time is bounded.
                Thread.onSpinWait();
            }

            assertFalse(reaches(server, old));
        }
    }

    @Test
    void files_that_do_not_fit_together_leave_the_old_certificate_in_use() throws Exception {
        var old = SelfSigned.make(folder, "EC");
        var renewed = SelfSigned.make(folder, "RSA");
        var tls = old.write(folder);
        var certificate = new Certificate(tls);
        certificate.load();
        certificate.tls().start();
        var used = certificate.tls().getKeyStore();

        renewed.writeCertificate(folder);
        certificate.renew();
        assertEquals(used, certificate.tls().getKeyStore());
        Files.delete(tls.key());
        certificate.renew();
        assertEquals(used, certificate.tls().getKeyStore());
        renewed.writeKey(folder);
        certificate.renew();

        assertEquals(
                renewed.keys().getCertificate("a"),
                certificate.tls().getKeyStore().getCertificate("server"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void a_key_must_be_that_of_its_certificate(String algorithm) throws Exception {
        var one = SelfSigned.make(folder, algorithm);
        var other = SelfSigned.make(folder, algorithm);

        assertTrue(PemKeys.read(one.write(folder)).isKeyEntry("server"));
        other.writeKey(folder);
        var tls =
                new HttpConfig.Tls(
                        folder.resolve("CERTIFICATE.pem"), folder.resolve("PRIVATE KEY.pem"));

        var refusal = assertThrows(IOException.class, () -> PemKeys.read(tls));
        assertTrue(String.valueOf(refusal.getMessage()).contains("is not the key of"));
    }

    @Test
    void a_key_of_another_format_is_refused_at_the_start() throws Exception {
        var certificates = SelfSigned.make(folder, "EC").writeCertificate(folder);

        try (var server = server(new HttpConfig.Tls(certificates, certificates))) {
            var refusal = assertThrows(IOException.class, server::start);
            assertTrue(String.valueOf(refusal.getMessage()).contains("openssl pkcs8"));
        }
    }

    private static HttpServer server(HttpConfig.Tls tls) {
        var listener = new HttpConfig.Listener("127.0.0.1", 0, Optional.of(tls));
        var config =
                new HttpConfig(
                        List.of(listener), TrustedProxies.NONE, false, HttpConfig.Bounds.DEFAULT);
        return new HttpServer(
                config,
                List.of(Endpoint.get("/hello").auth(Auth.NONE).by(_ -> Response.ok())),
                (_, _) -> TestServer.ALICE,
                RequestLimits.NONE,
                InstantSource.system());
    }

    private static boolean reaches(HttpServer server, SelfSigned trusted) throws Exception {
        var uri = URI.create("https://localhost:" + server.port() + "/hello");
        try (var client = trusted.client(HttpClient.Version.HTTP_1_1)) {
            var request = HttpRequest.newBuilder(uri).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (SSLException untrusted) {
            return false;
        }
    }
}
