package org.chancery.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.api.governance.LogEndpoints;
import org.chancery.api.governance.StockEndpoints;
import org.chancery.api.http.Route;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.json.JsonObject;

/// The governed part: the log of this server and the stock of keys of record rooms. Where nothing
/// is
/// governed, nothing of it is opened.
record Governance(ServerLog log, LogFolder folder, Stocks stocks, Records records)
        implements AutoCloseable {
    static Governance of(
            Config config,
            DataFolder folder,
            Stores stores,
            Journal journal,
            Records records,
            SecureRandom random,
            InstantSource clock)
            throws IOException {
        LogFolder tiles = new LogFolder(config.log().orElseGet(folder::log));
        ServerLog log =
                new ServerLog(
                        new JdbcLeafStore(stores.database()),
                        tiles,
                        new LogKey(config.serverName(), folder.logKey(random)),
                        BouncyEd25519.verifier()::verify,
                        journal,
                        Thread.ofPlatform().name("log").factory());
        Stocks stocks =
                new Stocks(
                        stores.stocks(),
                        journal,
                        BouncyEd25519.verifier(),
                        config.serverName(),
                        clock);
        return new Governance(log, tiles, stocks, records);
    }

    void start() {
        log.start();
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>(new StockEndpoints(stocks).routes());
        routes.addAll(new LogEndpoints(log).routes());
        routes.addAll(records.routes());
        return routes;
    }

    /// What health tells of it.
    JsonObject health() {
        return JsonObject.of("log", LogEndpoints.state(log));
    }

    @Override
    public void close() {
        log.close();
        folder.close();
    }
}
