package org.chancery.conformance.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.conformance.play.Played;

/// The answers of two servers to the same plays.
public final class Comparison {
    private final Normaliser normaliser;
    private final List<Known> known;
    private final Set<Known> met = new HashSet<>();
    private final List<Difference> unexplained = new ArrayList<>();
    private int exchanges;
    private int explained;

    public Comparison(List<Rule> rules, List<Known> known) {
        this.normaliser = new Normaliser(rules);
        this.known = List.copyOf(known);
    }

    /// Lays two plays of one scenario side by side, as far as both went.
    public void lay(List<Played> ours, List<Played> theirs) {
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            lay(ours.get(i), theirs.get(i));
        }
    }

    private void lay(Played ours, Played theirs) {
        exchanges++;
        List<Difference> differences =
                Difference.between(ours.name(), normaliser.normal(ours), normaliser.normal(theirs));
        for (Difference difference : differences) {
            Optional<Known> reason =
                    known.stream().filter(entry -> entry.explains(difference)).findFirst();
            reason.ifPresent(met::add);
            if (reason.isEmpty()) {
                unexplained.add(difference);
            } else {
                explained++;
            }
        }
    }

    public int exchanges() {
        return exchanges;
    }

    /// How many differences stand in the list.
    public int explained() {
        return explained;
    }

    public List<Difference> unexplained() {
        return List.copyOf(unexplained);
    }

    /// Entries of the list that no answer needed, as the difference is gone or an entry above
    /// explains
    /// it: they must go.
    public List<Known> outlived() {
        return known.stream().filter(entry -> !met.contains(entry)).toList();
    }
}
