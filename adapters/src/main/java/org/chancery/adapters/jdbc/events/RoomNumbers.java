package org.chancery.adapters.jdbc.events;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.Queries;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;

/// The rooms by id and by number, as almost every row names one. The stores over one database share
/// one.
public final class RoomNumbers {
    private static final long CACHED_MAX = 100_000;

    private final Queries queries;
    private final Cache<RoomId, RoomRef> byId =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).build();
    private final Cache<Long, RoomRef> byNumber =
            Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

    public RoomNumbers(Database database) {
        this.queries = database.queries();
    }

    Optional<RoomRef> byId(RoomId id) {
        RoomRef cached = byId.getIfPresent(id);
        return cached != null ? Optional.of(cached) : load("room_id = ?", id.value());
    }

    RoomRef byNumber(long number) {
        RoomRef cached = byNumber.getIfPresent(number);
        return cached != null ? cached : load("number = ?", number).orElseThrow();
    }

    private Optional<RoomRef> load(String condition, Object argument) {
        Optional<RoomRef> room =
                queries.one(
                        "SELECT number, room_id, version FROM rooms WHERE " + condition,
                        RoomNumbers::map,
                        argument);
        room.ifPresent(
                it -> {
                    byId.put(it.id(), it);
                    byNumber.put(it.number(), it);
                });
        return room;
    }

    private static RoomRef map(ResultSet row) throws SQLException {
        return RoomRef.stored(
                new RoomId(row.getString(2)),
                RoomVersion.of(row.getString(3)).orElseThrow(),
                row.getLong(1));
    }
}
