package org.chancery.governance.stock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Whether the records desk must act on its stocks, for whoever watches the server: looked at once
/// in a while, however often it is asked.
public final class StockWatch {
    /// With fewer left than this the desk is warned: a ceremony takes weeks to arrange.
    public static final int LOW = 20;

    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Stocks stocks;
    private final StockReports reports;
    private final InstantSource clock;
    private Optional<Look> last = Optional.empty();

    public StockWatch(Stocks stocks, StockReports reports, InstantSource clock) {
        this.stocks = stocks;
        this.reports = reports;
        this.clock = clock;
    }

    /// How the stocks were.
    ///
    /// @param left how many record rooms can still be made
    /// @param low whether that is so few that a ceremony must be held; never where no stock ever
    ///     came, as such a server has no record rooms
    /// @param holdersLow whether one more custodian's loss would be one too many
    public record Look(Instant at, long left, boolean low, boolean holdersLow) {
        public boolean isWarning() {
            return low || holdersLow;
        }
    }

    public synchronized Look look() {
        Instant now = clock.instant();
        Look look =
                last.filter(it -> now.isBefore(it.at().plus(GOOD_FOR))).orElseGet(() -> look(now));
        last = Optional.of(look);
        return look;
    }

    private Look look(Instant now) {
        List<Stocks.Level> levels = stocks.levels();
        long left = levels.stream().mapToLong(Stocks.Level::left).sum();
        boolean holdersLow =
                levels.stream()
                        .filter(level -> level.state() == StockState.SOUND)
                        .anyMatch(level -> reports.keeping(level.entry()).isLow());
        return new Look(now, left, !levels.isEmpty() && left < LOW, holdersLow);
    }
}
