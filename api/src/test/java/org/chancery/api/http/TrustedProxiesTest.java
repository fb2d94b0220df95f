package org.chancery.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.InputStream;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies =
            TrustedProxies.of(List.of("127.0.0.1", "10.0.0.0/8", "fd00::/8"));

    /// A request without anything but an address and what proxies wrote.
    private record From(InetAddress peer, List<String> forwarded) implements Exchange {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String rawPath() {
            return "/";
        }

        @Override
        public @Nullable String rawQuery() {
            return null;
        }

        @Override
        public @Nullable String header(String name) {
            return null;
        }

        @Override
        public List<String> headers(String name) {
            return forwarded;
        }

        @Override
        public long contentLength() {
            return 0;
        }

        @Override
        public InputStream body() {
            return InputStream.nullInputStream();
        }
    }

    private String client(String peer, String... forwarded) {
        return proxies.client(new From(InetAddress.ofLiteral(peer), List.of(forwarded)));
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
