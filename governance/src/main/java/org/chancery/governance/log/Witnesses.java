package org.chancery.governance.log;

import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.SignatureLine;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.Quorum;
import org.chancery.tlog.witness.WitnessClient;
import org.chancery.tlog.witness.WitnessDoor;
import org.jspecify.annotations.Nullable;

/// Asks witnesses for their signatures beneath the newest checkpoint of the log.
///
/// # A round
/// All witnesses that are not being asked still are asked at once for the newest checkpoint. The
/// round is over when enough have signed, and the checkpoint is kept with their signatures; who
/// signs later is added. If the log has grown meanwhile there is the next round at once; if
/// somebody
/// has not signed, or the round failed, there is one after a pause, which doubles up to a bound.
///
/// A witness that knows a longer log than this one stops it: leaves were lost, or somebody else
/// signs in its name.
public final class Witnesses implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Witnesses.class.getName());

    private final Policy policy;
    private final Ed25519Verifier verifier;
    private final Pace pace;
    private final ThreadFactory threads;
    private final List<Asked> asked = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Log log;
    private @Nullable SignedCheckpoint cosigned;
    private final Rounds rounds;
    private Duration pause;
    private boolean closing;

    /// How long to wait before witnesses that have not signed are asked again.
    public record Pace(Duration first, Duration longest) {
        public static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofMinutes(5));
    }

    /// How it stands with one witness.
    ///
    /// @param size of the largest tree that it has signed since this server was started
    /// @param trouble why it did not sign when it was last asked
    public record State(String name, long size, Optional<String> trouble) {}

    /// The log that is witnessed.
    interface Log {
        Optional<PublishedLog> published();

        void witnessed(SignedCheckpoint cosigned);

        void stop(String reason);
    }

    private static final class Asked {
        private final String name;
        private final WitnessClient client;
        private boolean busy;
        private long size;
        private @Nullable String trouble;

        Asked(String name, WitnessClient client) {
            this.name = name;
            this.client = client;
        }
    }

    /// @param policy which names the log and the witnesses
    /// @param doors the ways to those that can be asked, by name
    /// @param threads for one that goes its rounds, and one for each witness that is being asked
    public Witnesses(
            Policy policy,
            Map<String, WitnessDoor> doors,
            Ed25519Verifier verifier,
            Pace pace,
            ThreadFactory threads) {
        this.policy = policy;
        this.verifier = verifier;
        this.pace = pace;
        this.threads = threads;
        this.pause = pace.first();
        doors.forEach(
                (name, door) -> {
                    VerifierKey key = policy.witnesses().get(name);
                    if (key == null) {
                        throw new IllegalArgumentException("no witness of the policy: " + name);
                    }
                    asked.add(new Asked(name, new WitnessClient(key, door, verifier)));
                });
        this.rounds = new Rounds(this::went, threads);
    }

    /// For a log that nobody witnesses.
    public static Witnesses none(VerifierKey log, Ed25519Verifier verifier, ThreadFactory threads) {
        Policy policy = new Policy(List.of(log), Map.of(), new Quorum.None());
        return new Witnesses(policy, Map.of(), verifier, Pace.USUAL, threads);
    }

    /// What readers of the log may pin.
    public Policy policy() {
        return policy;
    }

    /// Whether readers want witnesses at all.
    public boolean areWanted() {
        return !(policy.quorum() instanceof Quorum.None);
    }

    /// Whether enough witnesses have signed.
    boolean suffice(SignedCheckpoint signed) {
        return policy.judge(signed, verifier) instanceof Policy.Trusted;
    }

    /// How it stands with each witness that is asked.
    public List<State> states() {
        lock.lock();
        try {
            return asked.stream()
                    .map(one -> new State(one.name, one.size, Optional.ofNullable(one.trouble)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a checkpoint of that size is witnessed, at most so long.
    void await(long size, Duration longest) {
        lock.lock();
        try {
            long left = longest.toNanos();
            while (left > 0 && !closing && !enough(size)) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    void watch(Log witnessed) {
        log = witnessed;
    }

    /// There is a new checkpoint. Does not wait.
    void ask() {
        if (asked.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            pause = pace.first();
        } finally {
            lock.unlock();
        }
        rounds.ask();
    }

    /// Asks nobody any more.
    @Override
    public void close() {
        rounds.close();
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// A round; one that fails is tried again after the pause, as if nobody had signed.
    private Optional<Duration> went() {
        try {
            return round() ? Optional.empty() : Optional.of(rest());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "witnesses cannot be asked: " + e.getMessage());
            return Optional.of(unread());
        }
    }

    private Duration rest() {
        lock.lock();
        try {
            Duration now = pause;
            pause = min(pause.multipliedBy(2), pace.longest());
            return now;
        } finally {
            lock.unlock();
        }
    }

    private Duration unread() {
        lock.lock();
        try {
            asked.stream()
                    .filter(one -> !one.busy)
                    .forEach(one -> one.trouble = "our own log cannot be read");
            return rest();
        } finally {
            lock.unlock();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /// Whether all witnesses have signed the newest checkpoint.
    private boolean round() throws InterruptedException {
        Log of = log;
        Optional<PublishedLog> published = of == null ? Optional.empty() : of.published();
        Optional<SignedCheckpoint> newest = published.flatMap(PublishedLog::latest);
        if (of == null || published.isEmpty() || newest.isEmpty()) {
            return true;
        }
        SignedCheckpoint signed = newest.get();
        long size = signed.checkpoint().size();
        lock.lock();
        try {
            for (Asked one : asked) {
                if (!one.busy && one.size < size) {
                    one.busy = true;
                    threads.newThread(() -> ask(one, signed, published.get(), of)).start();
                }
            }
            while (!closing && !isOver(size) && !enough(size)) {
                changed.await();
            }
            return asked.stream().allMatch(one -> one.size >= size);
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver(long size) {
        return asked.stream().noneMatch(one -> one.busy && one.size < size);
    }

    private boolean enough(long size) {
        SignedCheckpoint best = cosigned;
        return best != null && best.checkpoint().size() >= size && suffice(best);
    }

    private void ask(Asked one, SignedCheckpoint signed, PublishedLog published, Log of) {
        WitnessClient.Outcome outcome;
        try {
            outcome = one.client.ask(signed, published.tree(signed.checkpoint()));
        } catch (UncheckedIOException e) {
            outcome = new WitnessClient.Failed("it cannot be reached");
        } catch (CorruptLog e) {
            outcome = new WitnessClient.Failed("our own log cannot be read");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "the witness " + one.name + " cannot be asked", e);
            outcome = new WitnessClient.Failed("it cannot be asked");
        }
        lock.lock();
        try {
            one.busy = false;
            switch (outcome) {
                case WitnessClient.Cosigned(var line) -> {
                    add(signed, line, of);
                    one.size = signed.checkpoint().size();
                    one.trouble = null;
                }
                case WitnessClient.Ahead(long size) -> {
                    one.trouble = "it knows " + size + " leaves of this log";
                    of.stop("the witness " + one.name + " knows " + size + " leaves of it");
                }
                case WitnessClient.Failed(String reason) -> one.trouble = reason;
            }
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a witnessed checkpoint cannot be kept: " + e.getMessage());
            one.trouble = "its signature could not be kept";
        } finally {
            changed.signalAll();
            lock.unlock();
        }
    }

    /// Keeps a signature, if it is beneath the newest checkpoint of which there are any.
    private void add(SignedCheckpoint signed, SignatureLine line, Log of) {
        SignedCheckpoint known = cosigned;
        long size = signed.checkpoint().size();
        if (known != null && known.checkpoint().size() > size) {
            return;
        }
        boolean same = known != null && known.checkpoint().size() == size;
        SignedCheckpoint more = (same && known != null ? known : signed).with(line);
        if (suffice(more)) {
            of.witnessed(more);
        }
        cosigned = more;
    }
}
