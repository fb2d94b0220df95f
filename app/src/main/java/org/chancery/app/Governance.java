package org.chancery.app;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.log.JdbcLeafStore;
import org.chancery.adapters.jdbc.log.JdbcWitnessStore;
import org.chancery.adapters.outbound.Outbound;
import org.chancery.adapters.outbound.WitnessGateway;
import org.chancery.api.governance.LogEndpoints;
import org.chancery.api.governance.RoomNames;
import org.chancery.api.governance.StockEndpoints;
import org.chancery.api.governance.WitnessEndpoints;
import org.chancery.api.http.Route;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.governance.stock.StockReports;
import org.chancery.governance.stock.StockWatch;
import org.chancery.governance.stock.Stocks;
import org.chancery.homeserver.events.Followers;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.witness.Witness;
import org.chancery.tlog.witness.WitnessDoor;

/// The governed part: the log of this server, its witness of others, the stock of keys of record
/// rooms, and their archive. Where nothing is governed, nothing of it is opened.
///
/// @param witness what this server is to its neighbours' logs, if to any
record Governance(
        ServerLog log,
        LogFolder folder,
        Optional<WitnessEndpoints> witness,
        Stocks stocks,
        StockReports reports,
        StockWatch watch,
        Records records)
        implements AutoCloseable {
    static Governance of(
            Config config,
            DataFolder folder,
            Stores stores,
            Journal journal,
            Records records,
            Outbound outbound,
            SecureRandom random,
            InstantSource clock)
            throws IOException {
        LogFolder tiles = new LogFolder(config.log().folder().orElseGet(folder::log));
        LogKey key = new LogKey(config.serverName(), folder.logKey(random));
        Ed25519Verifier verifier = BouncyEd25519.verifier()::verify;
        ServerLog log =
                new ServerLog(
                        new JdbcLeafStore(stores.database()),
                        tiles,
                        key,
                        verifier,
                        witnesses(config, key.verifierKey(), outbound, verifier),
                        journal,
                        Thread.ofPlatform().name("log").factory());
        Stocks stocks =
                new Stocks(
                        stores.stocks(),
                        journal,
                        log::note,
                        BouncyEd25519.verifier(),
                        config.serverName(),
                        clock);
        Optional<WitnessEndpoints> witness =
                config.log().neighbours().isEmpty()
                        ? Optional.empty()
                        : Optional.of(witness(config, folder, stores, journal, random, clock));
        StockReports reports =
                new StockReports(stores.stocks(), journal, log, BouncyEd25519.verifier(), clock);
        StockWatch watch = new StockWatch(stocks, reports, clock);
        return new Governance(log, tiles, witness, stocks, reports, watch, records);
    }

    private static Witnesses witnesses(
            Config config, VerifierKey log, Outbound outbound, Ed25519Verifier verifier) {
        ThreadFactory threads = Thread.ofVirtual().name("witness-", 1).factory();
        if (config.log().witnesses().isEmpty()) {
            return Witnesses.none(log, verifier, threads);
        }
        Policy policy = config.log().witnesses().get().of(log);
        Map<String, WitnessDoor> doors = new HashMap<>();
        policy.urls()
                .forEach(
                        (name, url) -> {
                            try {
                                doors.put(name, new WitnessGateway(outbound, url));
                            } catch (IllegalArgumentException e) {
                                throw new ConfigFault(
                                        List.of("log_policy: " + String.valueOf(e.getMessage())));
                            }
                        });
        return new Witnesses(policy, doors, verifier, Witnesses.Pace.USUAL, threads);
    }

    private static WitnessEndpoints witness(
            Config config,
            DataFolder folder,
            Stores stores,
            Journal journal,
            SecureRandom random,
            InstantSource clock)
            throws IOException {
        Map<String, Set<VerifierKey>> logs = new HashMap<>();
        for (VerifierKey neighbour : config.log().neighbours()) {
            logs.computeIfAbsent(neighbour.name(), _ -> new HashSet<>()).add(neighbour);
        }
        String name = config.serverName().value() + WitnessEndpoints.PATH;
        return new WitnessEndpoints(
                new Witness(
                        name,
                        LogKey.signer(folder.witnessKey(random)),
                        BouncyEd25519.verifier()::verify,
                        logs,
                        new JdbcWitnessStore(stores.database(), journal),
                        clock),
                logs.keySet());
    }

    void start() {
        log.start();
    }

    /// @param followers that keep the archive
    List<Route> routes(Followers followers, RoomNames names) {
        List<Route> routes = new ArrayList<>(new StockEndpoints(stocks, reports).routes());
        routes.addAll(new LogEndpoints(log).routes());
        routes.addAll(records.routes(followers, names));
        witness.ifPresent(it -> routes.addAll(it.routes()));
        return routes;
    }

    /// What health tells of it.
    JsonObject health() {
        JsonObject health =
                JsonObject.of("log", LogEndpoints.state(log))
                        .with("stock", StockEndpoints.health(watch));
        return witness.map(it -> health.with("witness", it.state())).orElse(health);
    }

    @Override
    public void close() {
        log.close();
        folder.close();
    }
}
