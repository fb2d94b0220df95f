package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocketFactory;
import org.chancery.testkit.ManualClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is asked, and how little an answer can do.
@Timeout(60)
class OutboundTest {
    private static final Hosts ALL = Hosts.of(List.of("*"));

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private ServerSocket socket;
    private Thread server;
    private String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        server = Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        server.join();
    }

    /// Reads a head and the two bytes of the body, and says what it is to say.
    private void serve() {
        while (!socket.isClosed()) {
            try (Socket one = socket.accept()) {
                var head = new StringBuilder();
                while (!head.toString().endsWith("\r\n\r\n")) {
                    head.append((char) one.getInputStream().read());
                }
                asked.add(head + new String(one.getInputStream().readNBytes(2), UTF_8));
                one.getOutputStream().write(answer.getBytes(UTF_8));
            } catch (IOException e) {
                asked.add("broken off");
            }
        }
    }

    private Outbound outbound(Outbound.Resolver resolver, String... inside) {
        return new Outbound(
                resolver,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                Hosts.of(List.of(inside)),
                ManualClock.standing());
    }

    private Outbound.Answer ask(Outbound outbound, String uri) throws IOException {
        return outbound.post(
                URI.create(uri.replace("PORT", Integer.toString(socket.getLocalPort()))),
                ALL,
                Map.of("TTL", "5"),
                "hi".getBytes(UTF_8));
    }

    private Outbound.Answer ask() throws IOException {
        return ask(
                outbound(InetAddress::getAllByName, "127.0.0.1"), "http://127.0.0.1:PORT/a/b?c=d");
    }

    @Test
    void a_host_inside_is_asked_what_was_to_be_asked() throws IOException {
        Outbound.Answer told = ask();

        assertEquals(new Outbound.Answer(200, "", "ok"), told);
        assertTrue(asked.getFirst().startsWith("POST /a/b?c=d HTTP/1.1\r\nHost: 127.0.0.1:"));
        assertTrue(asked.getFirst().contains("\r\nTTL: 5\r\n"));
        assertTrue(asked.getFirst().contains("\r\nContent-Length: 2\r\n"));
        assertTrue(asked.getFirst().endsWith("\r\n\r\nhi"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1:PORT/",
                "https://localhost:PORT/",
                "https://2130706433:PORT/",
                "https://127.1:PORT/",
                "https://0:PORT/",
                "https://[::1]:PORT/",
                "https://[::ffff:127.0.0.1]:PORT/",
                "https://[64:ff9b::7f00:1]:PORT/",
                "http://127.0.0.1:PORT/",
                "ftp://127.0.0.1:PORT/",
                "https://user@127.0.0.1:PORT/",
                "https:///nowhere",
                "gopher:127.0.0.1",
            })
    void nothing_at_a_private_address_is_asked(String uri) {
        assertThrows(IOException.class, () -> ask(outbound(InetAddress::getAllByName), uri));
        assertEquals(List.of(), asked);
    }

    @Test
    void the_address_that_was_checked_is_the_one_that_is_asked() throws IOException {
        var answers = new ArrayList<InetAddress>();
        answers.add(InetAddress.ofLiteral("127.0.0.1"));
        answers.add(InetAddress.ofLiteral("10.0.0.1"));
        List<String> names = new ArrayList<>();
        Outbound.Resolver rebinding =
                host -> {
                    names.add(host);
                    return answers.toArray(InetAddress[]::new);
                };

        assertThrows(
                IOException.class,
                () -> ask(outbound(rebinding), "https://harmless.example.org:PORT/"));
        ask(outbound(rebinding, "own.example.org"), "http://own.example.org:PORT/");

        assertEquals(List.of("harmless.example.org", "own.example.org"), names);
        assertEquals(1, asked.size());
    }

    @Test
    void an_answer_that_leads_on_is_an_answer_like_another() throws IOException {
        answer = "HTTP/1.1 307 Go on\r\nLocation: http://127.0.0.1/\r\nContent-Length: 0\r\n\r\n";

        assertEquals(307, ask().status());
        assertEquals(1, asked.size());
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\r\nok\r\n0\r\n\r\n', 200, ok",
        "'HTTP/1.0 404 No\r\n\r\nuntil the end', 404, until the end",
        "'HTTP/1.1 103 Wait\r\nLink: x\r\n\r\nHTTP/1.1 201 Made\r\n\r\n', 201, ''",
        "'HTTP/1.1 204 Nothing\r\nContent-Length: 5\r\n\r\n', 204, ''",
    })
    void every_form_of_an_answer_is_read(String form, int status, String body) throws IOException {
        answer = form;

        assertEquals(new Outbound.Answer(status, "", body), ask());
    }

    @Test
    void of_a_long_answer_the_beginning_is_read() throws IOException {
        answer = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000\r\n\r\n" + "x".repeat(100_000);

        assertEquals(AnswerReader.BODY_BYTES_MAX, ask().body().length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nX: LONG\r\n\r\n",
                "HTTP/1.1 100 Wait\r\n\r\nREPEAT",
            })
    void what_is_no_answer_is_a_fault(String form) {
        answer =
                form.replace("LONG", "x".repeat(20_000))
                        .replace("REPEAT", "HTTP/1.1 100 Wait\r\n\r\n".repeat(9));

        assertThrows(IOException.class, this::ask);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "2a00:1450::1",
                "2600:1f00::1",
            })
    void addresses_of_the_internet_are_public(String address) {
        assertTrue(Addresses.isPublic(InetAddress.ofLiteral(address)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.170",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
            })
    void all_others_are_not(String address) {
        assertFalse(Addresses.isPublic(InetAddress.ofLiteral(address)));
    }

    @Test
    void a_list_of_hosts_says_what_it_means() {
        Hosts hosts = Hosts.of(List.of("a.example.org", "*.push.Apple.com", "b.org:8443"));

        assertTrue(hosts.has("A.example.org", 443));
        assertTrue(hosts.has("web.push.apple.com", 443));
        assertTrue(hosts.has("b.org", 8443));
        assertFalse(hosts.has("b.org", 443));
        assertFalse(hosts.has("push.apple.com", 443));
        assertFalse(hosts.has("evilpush.apple.com", 443));
        assertFalse(hosts.has("x.a.example.org", 443));
        assertFalse(Hosts.NONE.has("a.example.org", 443));
        assertThrows(
                IllegalArgumentException.class, () -> Hosts.of(List.of("https://a.example.org")));
    }
}
