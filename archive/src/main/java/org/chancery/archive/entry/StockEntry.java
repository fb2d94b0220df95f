package org.chancery.archive.entry;

import java.time.Instant;
import java.util.List;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// The outcome of a ceremony: how many identities, for which server, and who holds the shares. It
/// commits to every identity and every share, whose own entries follow it.
///
/// @param identities how many there are; their entries are [IdentityEntry]
/// @param identitiesDigest over the digests of these entries, in order
/// @param present the ids of the custodians who were there
public record StockEntry(
        StockId stock,
        ServerName server,
        Instant madeAt,
        int identities,
        Digest identitiesDigest,
        Sharing sharing,
        List<Digest> present)
        implements LogEntry {
    static final String TYPE = "org.chancery.stock.v1";
    private static final String OF_ALL = "org.chancery.identities.v1";
    private static final int PRESENT_MIN = 2;

    public StockEntry {
        present = List.copyOf(present);
        Fields fields = Fields.of(JsonObject.EMPTY, TYPE);
        fields.must(
                identities >= 1 && identities <= ArchiveIdentity.NUMBER_MAX,
                "identities is from 1 to " + ArchiveIdentity.NUMBER_MAX);
        fields.must(sharing.generation() == 1, "a ceremony makes generation 1");
        fields.must(
                present.stream().distinct().count() == present.size()
                        && present.size() >= PRESENT_MIN
                        && present.stream().allMatch(c -> sharing.indexOf(c).isPresent()),
                "two or more of the custodians were present");
    }

    /// The digest over all identities of a stock.
    public static Digest digestOf(List<Digest> identityEntries) {
        return Digest.ofAll(OF_ALL, identityEntries);
    }

    static StockEntry parse(JsonObject json) {
        Fields fields = Fields.ofType(json, TYPE);
        StockEntry entry =
                new StockEntry(
                        fields.parsed("stock", StockId::new),
                        fields.parsed("server_name", ServerName::parse),
                        fields.time("made_at"),
                        fields.number("identities", 1, ArchiveIdentity.NUMBER_MAX),
                        fields.parsed("identities_digest", Digest::new),
                        Sharing.parse(fields.object("sharing")),
                        fields.parsedAll("present", Sharing.CUSTODIANS_MAX, Digest::new));
        fields.end();
        return entry;
    }

    @Override
    public JsonObject json() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("stock", stock.value())
                .put("server_name", server.value())
                .put("made_at", madeAt.toEpochMilli())
                .put("identities", identities)
                .put("identities_digest", identitiesDigest.value())
                .put("sharing", sharing.json())
                .put("present", JsonArray.ofTexts(present))
                .build();
    }
}
