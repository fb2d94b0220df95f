package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

    private String client(String peer, String... forwarded) {
        return proxies.client(FakeExchange.from(InetAddress.ofLiteral(peer), List.of(forwarded)));
    }

    @Test
    void a_stranger_can_not_forge_his_address() {
        assertEquals("192.0.2.1", client("192.0.2.1", "198.51.100.7"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "198.51.100.7; 198.51.100.7",
                "1.2.3.4, 198.51.100.7; 198.51.100.7",
                "198.51.100.7, 10.1.2.3; 198.51.100.7",
                "2001:db8::1; 2001:db8:0:0:0:0:0:1",
                "10.1.2.3; 10.1.2.3",
                "nonsense; 127.0.0.1",
                "nonsense, 10.1.2.3; 10.1.2.3"
            })
    void the_last_address_that_is_no_proxy_is_the_client(String forwarded, String client) {
        assertEquals(client, client("127.0.0.1", forwarded));
    }

    @Test
    void several_headers_are_one_list() {
        assertEquals("198.51.100.7", client("127.0.0.1", "1.2.3.4", "198.51.100.7", "10.1.1.1"));
    }

    @Test
    void without_the_header_the_proxy_is_the_client() {
        assertEquals("10.9.9.9", client("10.9.9.9"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.org", "10.0.0.0/33", "10.0.0.0/-1", ""})
    void what_is_no_network_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> TrustedProxies.of(List.of(text)));
    }
}
