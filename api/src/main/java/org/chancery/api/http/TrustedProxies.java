package org.chancery.api.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The proxies whose word on a client's address (`X-Forwarded-For`) is taken.
///
/// The list is read from its end, where the nearest proxy writes: the first address that is not a
/// trusted proxy's is the client's. What stands before it anyone could have written.
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private static final int HOPS_MAX = 32;

    /// Addresses whose first `bits` are those of `base`.
    private record Network(InetAddress base, int bits) {
        static Network parse(String text) {
            int slash = text.indexOf('/');
            var base = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            int all = base.getAddress().length * 8;
            int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
            if (bits < 0 || bits > all) {
                throw new IllegalArgumentException("not a network: " + text);
            }
            return new Network(base, bits);
        }

        boolean has(InetAddress address) {
            var bytes = address.getAddress();
            var like = base.getAddress();
            if (bytes.length != like.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((bytes[bit / 8] & mask) != (like[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private final List<Network> networks;

    private TrustedProxies(List<Network> networks) {
        this.networks = networks;
    }

    /// Addresses or networks, `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
    public static TrustedProxies of(List<String> texts) {
        return new TrustedProxies(texts.stream().map(Network::parse).toList());
    }

    /// The client's address in text, given the connection's and the headers `X-Forwarded-For`.
    String client(Exchange exchange) {
        var peer = exchange.peer();
        if (networks.isEmpty() || !trusts(peer)) {
            return peer.getHostAddress();
        }
        var client = peer;
        var hops = hops(exchange.headers("X-Forwarded-For"));
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - HOPS_MAX); i--) {
            try {
                client = InetAddress.ofLiteral(hops.get(i));
            } catch (IllegalArgumentException notAnAddress) {
                break;
            }
            if (!trusts(client)) {
                break;
            }
        }
        return client.getHostAddress();
    }

    private static List<String> hops(List<String> headers) {
        var hops = new ArrayList<String>();
        for (var header : headers) {
            for (var hop : header.split(",", -1)) {
                hops.add(hop.strip());
            }
        }
        return hops;
    }

    private boolean trusts(InetAddress address) {
        for (var network : networks) {
            if (network.has(address)) {
                return true;
            }
        }
        return false;
    }
}
