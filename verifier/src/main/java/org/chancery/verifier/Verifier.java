package org.chancery.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.verify.Policy;

/// Checks an export against what its reader has pinned: the key of a log and some witnesses. All
/// checks run, whatever one of them finds.
final class Verifier {
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
        var bound = checkCase(sealed);
        var caseIndex = bound.index();
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
        new OpeningCheck(export, findings, log, facts).check(graph, bound.entry(), caseIndex);
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

    /// The case, where it could be read, and its place in the log, where that is proved.
    private record Bound(Optional<CaseEntry> entry, Optional<Long> index) {}

    private Bound checkCase(Optional<ExportLeaf> sealed) {
        var bytes = export.read(ExportLayout.CASE).orElse(new byte[0]);
        var entry = findings.read(ExportLayout.CASE, bytes, Verifier::caseEntry);
        entry.ifPresent(this::tell);
        var hash = Hash.leaf(bytes);
        if (sealed.filter(s -> !s.caseLeaf().equals(hash)).isPresent()) {
            findings.add(ExportLayout.CASE, "not the case that the export is of");
        }
        var proved = log.check(ExportLayout.CASE_PROOF, ExportLayout.CASE, hash);
        proved.ifPresent(p -> tell("the case was logged", p));
        return new Bound(entry, proved.map(LogCheck.Proved::index));
    }

    /// A case that its requester and its approver have both signed.
    private static CaseEntry caseEntry(byte[] bytes) {
        if (LogEntry.parse(bytes) instanceof CaseEntry entry) {
            entry.check(new JdkEd25519()::verify);
            return entry;
        }
        throw new MalformedArchive("no case");
    }

    private void tell(CaseEntry entry) {
        facts.add(
                "case "
                        + entry.ground().reference()
                        + " by "
                        + entry.ground().article()
                        + ", asked by "
                        + entry.signers().requester().name()
                        + " and approved by "
                        + entry.signers().approver().name());
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
