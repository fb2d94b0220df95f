package org.chancery.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.verify.Policy;

/// Checks an export against what its reader has pinned: the key of a log and some witnesses. All
/// checks run, whatever one of them finds.
final class Verifier {
    private static final String CASE_TYPE = "org.chancery.case.v1";

    private final Export export;
    private final Findings findings = new Findings();
    private final LogCheck log;
    private final List<String> facts = new ArrayList<>();

    private Verifier(Export export, Policy policy) {
        this.export = export;
        this.log = new LogCheck(export, policy, findings);
    }

    /// The answer: yes where nothing was found; what is certain then, and what is not even so.
    record Answer(List<Findings.Finding> findings, List<String> facts, List<String> unknown) {
        boolean isYes() {
            return findings.isEmpty();
        }
    }

    static Answer verify(Export export, Policy policy) {
        var verifier = new Verifier(export, policy);
        verifier.run();
        return new Answer(verifier.findings.all(), List.copyOf(verifier.facts), Unknown.LINES);
    }

    private void run() {
        var sealed = findings.read(export, ExportLayout.EXPORT, ExportLeaf::parse);
        if (sealed.isPresent()) {
            new ManifestCheck(export, findings).check(sealed.get().manifest());
            log.check(ExportLayout.EXPORT_PROOF, ExportLayout.EXPORT, leafHash())
                    .ifPresent(proved -> tell("the list of files was logged", proved));
        }
        var caseIndex = checkCase(sealed);
        var keys =
                findings.read(export, ExportLayout.SERVERS, ServerKeys::parse)
                        .orElse(new ServerKeys(Map.of()));
        var lines = findings.read(export, ExportLayout.EVENTS, Lines::of).orElse(List.of());
        var graph = Graph.read(lines, keys, findings);
        findings.read(export, ExportLayout.COMPLETENESS, Completeness::parse)
                .ifPresent(stated -> checkRoom(graph, stated));
        var leafLines = findings.read(export, ExportLayout.LEAVES, Lines::of).orElse(List.of());
        var leaves = new LeafCheck(findings, log, graph);
        leaves.read(leafLines);
        leaves.check(caseIndex);
        sealed.filter(s -> !graph.events().isEmpty())
                .filter(s -> !s.room().equals(graph.events().getFirst().roomId()))
                .ifPresent(_ -> findings.add(ExportLayout.EXPORT, "of another room"));
        facts.add(lines.size() + " signed events in " + leafLines.size() + " leaves");
    }

    private void checkRoom(Graph graph, Completeness stated) {
        graph.checkClosure(stated);
        new SessionCheck(findings).check(graph.events(), stated);
        facts.add(stated.missing().size() + " events are stated to be missing");
        facts.add(stated.silences().size() + " silences in sessions are stated");
        facts.add(graph.redacted() + " events were redacted");
    }

    /// What a case holds is for people to read; here it counts when it was logged, and that the
    /// export
    /// is of it.
    private Optional<Long> checkCase(Optional<ExportLeaf> sealed) {
        var bytes = export.read(ExportLayout.CASE).orElse(new byte[0]);
        if (!isCase(bytes)) {
            findings.add(ExportLayout.CASE, "no case");
        }
        var hash = Hash.leaf(bytes);
        if (sealed.filter(s -> !s.caseLeaf().equals(hash)).isPresent()) {
            findings.add(ExportLayout.CASE, "not the case that the export is of");
        }
        var proved = log.check(ExportLayout.CASE_PROOF, ExportLayout.CASE, hash);
        proved.ifPresent(p -> tell("the case was logged", p));
        return proved.map(LogCheck.Proved::index);
    }

    private static boolean isCase(byte[] bytes) {
        try {
            var json = Json.parseObject(bytes);
            return new String(json.bytes(), UTF_8).equals(new String(bytes, UTF_8))
                    && json.string("type").filter(CASE_TYPE::equals).isPresent();
        } catch (MalformedJson e) {
            return false;
        }
    }

    private Hash leafHash() {
        return Hash.leaf(export.read(ExportLayout.EXPORT).orElse(new byte[0]));
    }

    private void tell(String what, LogCheck.Proved proved) {
        var times = new ArrayList<String>();
        proved.trusted().witnessed().forEach((name, time) -> times.add(name + " at " + time));
        times.sort(null);
        var origin = proved.trusted().checkpoint().origin();
        String seen = times.isEmpty() ? "no witness" : String.join(", ", times);
        facts.add(what + " in " + origin + " at index " + proved.index() + ", seen by " + seen);
    }
}
