package org.chancery.homeserver.accountdata;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.filter.MalformedFilter;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Filters that clients store and name by an identifier afterwards (client-server API,
/// "Filtering").
/// The identifier is made of the content, so it never comes to mean another filter, and the same
/// filter has the same one.
public final class StoredFilters {
    static final int FILTERS_MAX = 1_000;
    private static final int DEFINITION_BYTES_MAX = 65_536;
    private static final int ID_BYTES = 12;
    private static final int CACHED_MAX = 20_000;

    private record Name(UserId user, String id) {}

    private final Journal journal;
    private final FilterStore store;
    private final Cache<Name, Filter> parsed =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public StoredFilters(Journal journal, FilterStore store) {
        this.journal = journal;
        this.store = store;
    }

    /// Stores a filter.
    ///
    /// @return its identifier
    public String define(UserId user, JsonObject definition) {
        parse(definition);
        byte[] bytes = definition.bytes();
        if (bytes.length > DEFINITION_BYTES_MAX) {
            throw new MatrixError.TooLarge("the filter is too large").asException();
        }
        String id = id(bytes);
        if (store.get(user, id).isEmpty()) {
            journal.commit(
                    Changes.of(
                            tx -> {
                                if (store.count(tx, user) >= FILTERS_MAX) {
                                    throw new MatrixError.TooLarge("too many filters")
                                            .asException();
                                }
                                store.put(tx, user, id, definition);
                                return id;
                            }));
        }
        return id;
    }

    /// A filter as it was stored.
    public JsonObject definition(UserId user, String id) {
        return store.get(user, id).orElseThrow(StoredFilters::unknown);
    }

    /// A filter ready for use.
    public Filter filter(UserId user, String id) {
        Name name = new Name(user, id);
        Filter known = parsed.getIfPresent(name);
        if (known != null) {
            return known;
        }
        Filter filter = parse(definition(user, id));
        parsed.put(name, filter);
        return filter;
    }

    /// Deletes the filters of a user who has given up the account.
    public void forget(UserId user) {
        journal.commit(
                Changes.of(
                        tx -> {
                            store.deleteAll(tx, user);
                            return user;
                        }));
    }

    private static Filter parse(JsonObject definition) {
        try {
            return Filter.parse(definition);
        } catch (MalformedFilter malformed) {
            throw new MatrixError.BadJson(String.valueOf(malformed.getMessage())).asException();
        }
    }

    private static String id(byte[] definition) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(definition);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static RuntimeException unknown() {
        return new MatrixError.NotFound("No such filter").asException();
    }
}
