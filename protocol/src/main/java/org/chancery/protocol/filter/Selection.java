package org.chancery.protocol.filter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A list of what is wanted (all, where `null`) and one of what is not, which wins.
record Selection(@Nullable Set<String> wanted, Set<String> unwanted) {
    static final Selection ALL = new Selection(null, Set.of());

    static Selection parse(Fields fields, String name, String sigil) {
        return new Selection(
                fields.ids(name, sigil).orElse(null),
                fields.ids("not_" + name, sigil).orElse(Set.of()));
    }

    boolean accepts(String id) {
        return (wanted == null || wanted.contains(id)) && !unwanted.contains(id);
    }

    boolean isAll() {
        return wanted == null && unwanted.isEmpty();
    }
}
