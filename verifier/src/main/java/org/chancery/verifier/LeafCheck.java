package org.chancery.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.leaf.LeafLimits;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.tlog.merkle.Hash;

/// That the leaves of the room are a chain, that they commit to exactly these events in this order,
/// and that each was in the log before the case was.
final class LeafCheck {
    private final Findings findings;
    private final LogCheck log;
    private final Graph graph;
    private final List<RoomLeaf> leaves = new ArrayList<>();

    LeafCheck(Findings findings, LogCheck log, Graph graph) {
        this.findings = findings;
        this.log = log;
        this.graph = graph;
    }

    /// Reads the leaves; answers those that could be read.
    List<RoomLeaf> read(List<byte[]> lines) {
        for (int i = 0; i < lines.size(); i++) {
            findings.read(place(i), lines.get(i), RoomLeaf::parse).ifPresent(leaves::add);
        }
        return leaves;
    }

    private static String place(int line) {
        return ExportLayout.LEAVES + ", line " + (line + 1);
    }

    /// The index of the case in the log, where it is known.
    void check(Optional<Long> caseIndex) {
        Optional<Hash> before = Optional.empty();
        long last = -1;
        int from = 0;
        for (int i = 0; i < leaves.size(); i++) {
            var leaf = leaves.get(i);
            if (leaf.place().number() != i || !leaf.before().equals(before)) {
                findings.add(place(i), "does not follow the leaf before it");
            }
            from = checkEvents(i, leaf, from);
            before = Optional.of(leaf.hash());
            var proved = log.check(ExportLayout.leafProof(i), place(i), leaf.hash());
            if (proved.isPresent()) {
                long index = proved.get().index();
                if (index <= last) {
                    findings.add(ExportLayout.leafProof(i), "logged before the leaf before it");
                }
                if (caseIndex.isPresent() && index >= caseIndex.get()) {
                    findings.add(ExportLayout.leafProof(i), "logged after the case was opened");
                }
                last = index;
            }
        }
        if (from != graph.hashes().size()) {
            findings.add(Graph.place(from), "events that no leaf commits to");
        }
    }

    /// Where the events of the next leaf begin.
    private int checkEvents(int i, RoomLeaf leaf, int from) {
        int all = graph.hashes().size();
        int until = (int) Math.min(from + leaf.events().count(), all);
        var taken = RoomLeaf.Taken.ofHashes(graph.hashes().subList(from, until));
        if (!taken.equals(leaf.events())) {
            findings.add(place(i), "commits to other events than these");
        }
        if (graph.events().size() == all && all > 0) {
            checkWhatItTells(i, leaf, graph.events().subList(0, until), from);
        }
        return until;
    }

    private void checkWhatItTells(int i, RoomLeaf leaf, List<Pdu> soFar, int from) {
        var first = soFar.getFirst();
        boolean room = leaf.place().room().equals(first.roomId());
        if (!room || leaf.place().version() != first.version()) {
            findings.add(place(i), "of another room");
        }
        var types = new TreeMap<String, Long>();
        soFar.subList(from, soFar.size()).forEach(e -> types.merge(e.type(), 1L, Long::sum));
        if (!LeafLimits.types(types).equals(leaf.types())) {
            findings.add(place(i), "counts other types than these");
        }
        var ends = LeafLimits.extremities(Graph.extremities(soFar));
        if (!ends.equals(leaf.extremities())) {
            findings.add(place(i), "names other ends of the room's graph");
        }
    }
}
