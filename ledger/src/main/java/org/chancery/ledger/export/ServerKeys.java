package org.chancery.ledger.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.event.VerifiedPdu;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The signing keys of servers and until when they were valid, as the export has them. Whether they
/// are those servers' own is for somebody else to say.
public record ServerKeys(Map<ServerName, Map<KeyId, Key>> servers)
        implements VerifiedPdu.ServerKeys {
    public static final int BYTES_MAX = 16 * 1024 * 1024;

    private static final String TYPE = "org.chancery.server_keys.v1";

    /// A public key in unpadded base64, and the last moment at which it was valid, in milliseconds.
    public record Key(String publicKey, long until) {}

    public ServerKeys {
        servers = Map.copyOf(servers);
    }

    /// Throws [MalformedLeaf].
    public static ServerKeys parse(byte[] bytes) {
        var document = Document.parse(bytes, BYTES_MAX, TYPE);
        var servers = new HashMap<ServerName, Map<KeyId, Key>>();
        for (var server : document.object("servers").entries()) {
            var keys = new HashMap<KeyId, Key>();
            if (!(server.value() instanceof JsonObject list)) {
                throw new MalformedLeaf("servers");
            }
            for (var member : list.entries()) {
                var key = Document.of(member.value());
                keys.put(
                        Document.id(new JsonString(member.name()), KeyId::parse),
                        new Key(key.text("key"), key.number("until")));
                key.end();
            }
            servers.put(
                    Document.id(new JsonString(server.name()), ServerName::parse),
                    Map.copyOf(keys));
        }
        document.end();
        return new ServerKeys(servers);
    }

    public byte[] bytes() {
        var all = JsonObject.builder();
        servers.forEach((server, keys) -> all.put(server.value(), json(keys)));
        return JsonObject.builder().put("type", TYPE).put("servers", all.build()).build().bytes();
    }

    private static JsonObject json(Map<KeyId, Key> keys) {
        var json = JsonObject.builder();
        keys.forEach(
                (id, key) ->
                        json.put(
                                id.toString(),
                                JsonObject.builder()
                                        .put("key", key.publicKey())
                                        .put("until", key.until())
                                        .build()));
        return json.build();
    }

    @Override
    public Optional<byte[]> key(ServerName server, KeyId id, long originServerTs) {
        return Optional.ofNullable(servers.getOrDefault(server, Map.of()).get(id))
                .filter(key -> originServerTs <= key.until())
                .flatMap(key -> UnpaddedBase64.decode(key.publicKey()));
    }
}
