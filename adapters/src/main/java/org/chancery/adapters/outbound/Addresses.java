package org.chancery.adapters.outbound;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;

/// Which addresses are anybody's to ask: those of the public internet, and no others (the
/// registries
/// of special addresses, RFC 6890). Of IPv6 only what is handed out for global use counts, without
/// the parts of it that lead to an IPv4 address.
final class Addresses {
    /// Addresses whose first `bits` are those of `base`.
    private record Block(InetAddress base, int bits) {
        static Block of(String text) {
            int slash = text.indexOf('/');
            return new Block(
                    InetAddress.ofLiteral(text.substring(0, slash)),
                    Integer.parseInt(text.substring(slash + 1)));
        }

        boolean has(InetAddress address) {
            byte[] bytes = address.getAddress();
            byte[] like = base.getAddress();
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((bytes[bit / 8] & mask) != (like[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Block> SPECIAL_4 =
            blocks(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3");
    private static final Block GLOBAL_6 = Block.of("2000::/3");
    private static final List<Block> SPECIAL_6 =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private Addresses() {}

    private static List<Block> blocks(String... texts) {
        return List.of(texts).stream().map(Block::of).toList();
    }

    static boolean isPublic(InetAddress address) {
        if (address instanceof Inet4Address) {
            return SPECIAL_4.stream().noneMatch(block -> block.has(address));
        }
        return GLOBAL_6.has(address) && SPECIAL_6.stream().noneMatch(block -> block.has(address));
    }
}
