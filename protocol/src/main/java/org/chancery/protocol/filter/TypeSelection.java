package org.chancery.protocol.filter;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.glob.Glob;
import org.jspecify.annotations.Nullable;

/// Event types that are wanted (all, where `null`) and those that are not, which win; both may have
/// stars.
record TypeSelection(@Nullable List<Glob> wanted, List<Glob> unwanted) {
    static final TypeSelection ALL = new TypeSelection(null, List.of());

    static TypeSelection parse(Fields fields) {
        return new TypeSelection(
                globs(fields, "types").orElse(null), globs(fields, "not_types").orElse(List.of()));
    }

    boolean accepts(String type) {
        return (wanted == null || matches(wanted, type)) && !matches(unwanted, type);
    }

    boolean isAll() {
        return wanted == null && unwanted.isEmpty();
    }

    private static boolean matches(List<Glob> globs, String type) {
        for (var glob : globs) {
            if (glob.matches(type)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<List<Glob>> globs(Fields fields, String name) {
        return fields.texts(name).map(texts -> texts.stream().map(Glob::ofStars).toList());
    }
}
