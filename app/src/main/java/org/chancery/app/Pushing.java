package org.chancery.app;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.chancery.adapters.outbound.HttpGateway;
import org.chancery.adapters.outbound.Outbound;
import org.chancery.adapters.outbound.Vapid;
import org.chancery.adapters.outbound.WebPushGateway;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.homeserver.events.EventLog;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.push.PushBell;
import org.chancery.homeserver.push.PushFollower;
import org.chancery.homeserver.push.PushGateway;
import org.chancery.homeserver.push.PushPayloads;
import org.chancery.homeserver.push.PushSender;
import org.chancery.homeserver.push.Pusher.Kind;
import org.chancery.homeserver.push.Pushers;

/// Who is told of events while no client of theirs is running, and the ways there.
///
/// @param vapid the public key that browsers subscribe with; none if no push service may be asked.
///     It is made when it is first wanted
record Pushing(
        Stores stores,
        Journal journal,
        InstantSource clock,
        PushBell bell,
        Map<Kind, PushGateway> gateways,
        Pushers pushers,
        Supplier<Optional<String>> vapid) {

    /// The one way out.
    static Outbound outbound(Config config, InstantSource clock) {
        return new Outbound(
                InetAddress::getAllByName,
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                config.outside().inside(),
                clock);
    }

    static Pushing of(
            Config config,
            DataFolder folder,
            Stores stores,
            Journal journal,
            Outbound outbound,
            SecureRandom random,
            InstantSource clock) {
        Config.Outside outside = config.outside();
        Map<Kind, PushGateway> gateways = new EnumMap<>(Kind.class);
        Supplier<Optional<String>> vapid = Optional::empty;
        if (!outside.pushGateways().isEmpty()) {
            gateways.put(Kind.HTTP, new HttpGateway(outbound, outside.pushGateways()));
        }
        if (!outside.webPushServices().isEmpty()) {
            Supplier<Vapid> keys = new Lazy<>(() -> folder.vapid(random));
            vapid = () -> Optional.of(keys.get().publicKey());
            gateways.put(
                    Kind.WEB_PUSH,
                    new WebPushGateway(
                            outbound,
                            outside.webPushServices(),
                            keys,
                            contact(config),
                            random,
                            clock));
        }
        PushBell bell = new PushBell();
        Pushers pushers =
                new Pushers(stores.pushers(), gateways, bell, journal, new Secrets(random), clock);
        return new Pushing(stores, journal, clock, bell, Map.copyOf(gateways), pushers, vapid);
    }

    /// Where the operator of a push service finds ours.
    private static String contact(Config config) {
        return config.listening()
                .publicUrl()
                .filter(url -> url.startsWith("https:"))
                .orElse("https://" + config.serverName());
    }

    /// What finds the events that they are told of.
    PushFollower follower(Syncing syncing, EventLog log, Encryption encryption) {
        return new PushFollower(
                pushers,
                stores.pushers(),
                syncing.pushRules(),
                new PushFollower.Sight(
                        log.recent(),
                        stores.events(),
                        stores.states(),
                        stores.reading().history(),
                        syncing.members(),
                        encryption.kept().data()),
                bell,
                clock);
    }

    /// What tells them.
    PushSender sender(Syncing syncing, EventLog log) {
        return new PushSender(
                stores.pushers(),
                gateways,
                new PushPayloads(
                        log.recent(),
                        stores.events(),
                        stores.states(),
                        stores.reading().history(),
                        syncing.counts(),
                        journal),
                new PushSender.Reading(stores.events(), syncing.ownReceipts()),
                bell,
                journal,
                new PushSender.Running(
                        Thread.ofPlatform().daemon().name("push").factory(),
                        Thread.ofVirtual().name("push-", 1).factory(),
                        clock));
    }
}
