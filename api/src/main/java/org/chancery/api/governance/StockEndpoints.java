package org.chancery.api.governance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Quarter;
import org.chancery.governance.stock.StockReports;
import org.chancery.governance.stock.StockState;
import org.chancery.governance.stock.StockWatch;
import org.chancery.governance.stock.Stocks;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// The stock of archive identities, as the records desk fills it and watches it.
public final class StockEndpoints {
    private static final String STOCKS = "/_chancery/admin/v1/stock";

    static final Endpoint LIST = Endpoint.get(STOCKS).mayAnswer(MatrixError.Forbidden.class);
    static final Endpoint BEGIN = changing(Endpoint.put(STOCKS + "/{stockId}"));
    static final Endpoint ADD = changing(Endpoint.put(STOCKS + "/{stockId}/identities/{number}"));
    static final Endpoint TENTH = changing(Endpoint.put(STOCKS + "/{stockId}/tenth"));
    static final Endpoint REPORT = changing(Endpoint.put(STOCKS + "/{stockId}/reports"));

    private static Endpoint changing(Endpoint endpoint) {
        return endpoint.mayAnswer(
                MatrixError.Forbidden.class,
                MatrixError.InvalidParam.class,
                MatrixError.NotFound.class);
    }

    private final Stocks stocks;
    private final StockReports reports;

    public StockEndpoints(Stocks stocks, StockReports reports) {
        this.stocks = stocks;
        this.reports = reports;
    }

    public List<Route> routes() {
        return List.of(
                LIST.by(this::list),
                BEGIN.by(this::begin),
                ADD.by(this::add),
                TENTH.by(this::tenth),
                REPORT.by(this::report));
    }

    private Response list(Request request) {
        admin(request);
        List<Stocks.Level> levels = stocks.levels();
        List<JsonValue> told = new ArrayList<>();
        levels.forEach(level -> told.add(json(level)));
        long left = levels.stream().mapToLong(Stocks.Level::left).sum();
        return Response.json(
                JsonObject.EMPTY
                        .with("left", left)
                        .with("low", left < StockWatch.LOW)
                        .with("stocks", JsonArray.of(told)));
    }

    /// What health tells of them: how many rooms can still be opened, and whether the desk must
    /// act.
    public static JsonObject health(StockWatch watch) {
        StockWatch.Look look = watch.look();
        return JsonObject.EMPTY
                .with("warning", look.isWarning())
                .with("left", look.left())
                .with("low", look.low())
                .with("holders_low", look.holdersLow());
    }

    private JsonObject json(Stocks.Level level) {
        StockEntry entry = level.entry();
        StockReports.Keeping keeping = reports.keeping(entry);
        List<JsonString> custodians =
                keeping.sharing().custodians().stream()
                        .map(one -> new JsonString(one.name() + ", " + one.organisation()))
                        .toList();
        JsonObject json =
                JsonObject.builder()
                        .put("stock", entry.stock().value())
                        .put("state", level.state().toString())
                        .put("made_at", entry.madeAt().toEpochMilli())
                        .put("identities", entry.identities())
                        .put("arrived", level.counts().arrived())
                        .put("left", level.left())
                        .put("bound", level.counts().bound())
                        .put("opened", level.counts().opened())
                        .put("k", keeping.sharing().k())
                        .put("custodians", JsonArray.of(custodians))
                        .put("generation", keeping.sharing().generation())
                        .put("holders", JsonArray.of(holders(keeping)))
                        .put("good_holders", keeping.good())
                        .put("holders_low", keeping.isLow())
                        .build();
        JsonObject more =
                stocks.sample(entry.stock()).map(StockEndpoints::periods).orElse(JsonObject.EMPTY);
        for (var member : more.entries()) {
            json = json.with(member.name(), member.value());
        }
        return keeping.rehearsedAt().isPresent()
                ? json.with("rehearsed_at", keeping.rehearsedAt().get().toEpochMilli())
                : json;
    }

    private static List<JsonValue> holders(StockReports.Keeping keeping) {
        List<JsonValue> told = new ArrayList<>();
        for (StockReports.Holder holder : keeping.holders()) {
            JsonObject json =
                    JsonObject.of("name", holder.custodian().name())
                            .with("organisation", holder.custodian().organisation())
                            .with("fingerprint", holder.custodian().fingerprint());
            told.add(
                    holder.counted()
                            .map(
                                    count ->
                                            json.with("counted_at", count.madeAt().toEpochMilli())
                                                    .with("good", count.good())
                                                    .with("bad", count.bad().size()))
                            .orElse(json));
        }
        return told;
    }

    /// The quarters for which each identity has a device, and how many spares it has beside them.
    private static JsonObject periods(ArchiveIdentity identity) {
        List<Quarter> quarters = new ArrayList<>();
        for (ArchiveDevice device : identity.devices()) {
            if (device.slot() instanceof Quarter quarter) {
                quarters.add(quarter);
            }
        }
        JsonObject spares =
                JsonObject.EMPTY.with("spares", identity.devices().size() - quarters.size());
        return quarters.isEmpty()
                ? spares
                : spares.with("first_period", Collections.min(quarters).toString())
                        .with("last_period", Collections.max(quarters).toString());
    }

    private Response begin(Request request) {
        admin(request);
        if (!(entry(request.json()) instanceof StockEntry entry)) {
            throw invalid("This is not the entry of a stock");
        }
        check(request, entry.stock().value());
        stocks.begin(entry);
        return Response.json(JsonObject.EMPTY);
    }

    private Response add(Request request) {
        admin(request);
        ArchiveIdentity identity;
        try {
            identity = ArchiveIdentity.parse(request.json().bytes());
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
        check(request, identity.stock().value());
        if (!request.path("number").equals(String.valueOf(identity.number()))) {
            throw invalid("The identity has another number");
        }
        return state(stocks.add(identity));
    }

    private Response tenth(Request request) {
        admin(request);
        JsonObject body = request.json();
        JsonObject report = body.object("report").orElse(JsonObject.EMPTY);
        if (!(entry(report) instanceof TenthEntry entry)) {
            throw invalid("report is the entry on the tenth that was opened");
        }
        Order order = order(body.object("order").orElse(JsonObject.EMPTY));
        check(request, entry.stock().value());
        return state(stocks.tenth(order, entry));
    }

    private Response report(Request request) {
        admin(request);
        JsonObject body = request.json();
        JsonObject report = body.object("entry").orElse(JsonObject.EMPTY);
        check(request, report.string("stock").orElse(""));
        reports.take(entry(report), body.object("order").map(StockEndpoints::order));
        return Response.json(JsonObject.EMPTY);
    }

    private static Order order(JsonObject json) {
        try {
            return Order.parse(json.bytes());
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
    }

    private static LogEntry entry(JsonObject json) {
        try {
            return LogEntry.parse(json.bytes());
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
    }

    private static void check(Request request, String stock) {
        if (!request.path("stockId").equals(stock)) {
            throw invalid("It is of another stock");
        }
    }

    private static Response state(StockState state) {
        return Response.json(JsonObject.EMPTY.with("state", state.toString()));
    }

    private static void admin(Request request) {
        if (!request.session().admin()) {
            throw new MatrixError.Forbidden("Only an administrator may").asException();
        }
    }

    private static RuntimeException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
